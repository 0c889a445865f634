package io.sidestream.schemas.kafka;

import io.sidestream.schemas.avro.Codecs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The names of the headers that requests and replies carry. The defaults are those of Spring's
 * {@code ReplyingKafkaTemplate}, which works against this system unchanged.
 *
 * @param correlationId any bytes, echoed in the reply
 * @param replyTopic where the reply goes, UTF-8; only topics that the system knows for replies
 * @param replyPartition where in that topic, 4 bytes, big-endian
 * @param traceparent passes through
 * @param status the reply's status, UTF-8, for example {@code OK}
 * @param generation the generation that answered, decimal text, absent when none did
 * @param error one sentence, only where there is an error
 * @param replyFormat of a request: {@code json} or {@code avro}; where it is absent, the reply to
 *     bare JSON is JSON, and any other is Avro
 * @param arm of a reply: {@code live} or {@code candidate}, while two generations are compared
 */
public record RequestHeaders(
    String correlationId,
    String replyTopic,
    String replyPartition,
    String traceparent,
    String status,
    String generation,
    String error,
    String replyFormat,
    String arm) {
  /** Value of the header that asks for a reply in JSON. */
  private static final String JSON = "json";

  /** Spring's names, and this system's own. */
  public static final RequestHeaders DEFAULT =
      new RequestHeaders(
          "kafka_correlationId",
          "kafka_replyTopic",
          "kafka_replyPartition",
          "traceparent",
          "sidestream_status",
          "sidestream_generation",
          "sidestream_error",
          "sidestream_reply_format",
          "sidestream_arm");

  /** The correlation id of a request or reply. */
  public Optional<byte[]> correlationIdOf(Headers headers) {
    return value(headers, correlationId);
  }

  /** The topic that a request wants its reply on. */
  public Optional<String> replyTopicOf(Headers headers) {
    return text(headers, replyTopic);
  }

  /**
   * The partition that a request wants its reply on; empty when the header is absent, is not 4
   * bytes or is negative, and the reply goes by its key.
   */
  public Optional<Integer> replyPartitionOf(Headers headers) {
    return value(headers, replyPartition)
        .filter(bytes -> bytes.length == Integer.BYTES)
        .map(bytes -> ByteBuffer.wrap(bytes).getInt())
        .filter(partition -> partition >= 0);
  }

  /** Whether the reply is to be JSON. */
  public boolean wantsJson(Headers headers) {
    return text(headers, replyFormat).filter(JSON::equalsIgnoreCase).isPresent();
  }

  /**
   * Headers of a request that say which format its reply has: JSON for bare JSON, else Avro, unless
   * it asks for another one. JSON within a registry's frame is not bare.
   */
  public Headers withReplyFormat(Headers headers, byte @Nullable [] request) {
    if (request == null || !Codecs.isJson(request) || headers.lastHeader(replyFormat) != null) {
      return headers;
    }
    return new RecordHeaders(headers).add(replyFormat, JSON.getBytes(StandardCharsets.UTF_8));
  }

  /** The text of a header. */
  public Optional<String> text(Headers headers, String name) {
    return value(headers, name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** A header's value in the form of a reply partition. */
  public static byte[] partitionBytes(int partition) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(partition).array();
  }

  private static Optional<byte[]> value(Headers headers, String name) {
    return Optional.ofNullable(headers.lastHeader(name)).map(Header::value);
  }
}
