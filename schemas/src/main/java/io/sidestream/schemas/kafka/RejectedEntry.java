package io.sidestream.schemas.kafka;

import io.sidestream.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record of a rejected topic.
 *
 * @param topic the topic that it was rejected from
 * @param record as it is on the rejected topic, with key and bytes of the original
 */
public record RejectedEntry(Topic topic, ConsumerRecord<byte[], byte[]> record) {
  /** When it was rejected: the broker's time. */
  public Instant at() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** Reason code; {@value RejectedRecord#FAILED} where a record names none. */
  public String reason() {
    return header(RejectedRecord.REASON).orElse(RejectedRecord.FAILED);
  }

  /** Message of the exception, one sentence. */
  public String message() {
    return header(RejectedRecord.MESSAGE).orElse("");
  }

  /** Stage of processing that rejected it. */
  public String stage() {
    return header(RejectedRecord.STAGE).orElse("");
  }

  /** Partition that the original was on; empty where the record does not say. */
  public Optional<Integer> partition() {
    return number(RejectedRecord.PARTITION).map(Math::toIntExact);
  }

  /** Offset that the original had; empty where the record does not say. */
  public Optional<Long> offset() {
    return number(RejectedRecord.OFFSET);
  }

  /** Whether the beginning of the original is here alone. */
  boolean isCut() {
    return header(RejectedRecord.CUT).isPresent();
  }

  /** The original, to be written to its topic again: key, bytes and own headers. */
  ProducerRecord<byte[], byte[]> original() {
    Headers headers = new RecordHeaders();
    for (Header header : record.headers()) {
      if (!RejectedRecord.isOurs(header.key())) {
        headers.add(header);
      }
    }
    return new ProducerRecord<>(topic.name(), null, record.key(), record.value(), headers);
  }

  private Optional<String> header(String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(Header::value)
        .map(value -> new String(value, StandardCharsets.UTF_8));
  }

  private Optional<Long> number(String name) {
    try {
      return header(name).map(Long::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
