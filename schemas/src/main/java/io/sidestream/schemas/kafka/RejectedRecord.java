package io.sidestream.schemas.kafka;

import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The record written to {@code <topic>.rejected}: original key, bytes and headers, and Kafka
 * Connect's error headers with its origin and the failure.
 *
 * <p>Brokers measure records as they are compressed, so that one may be larger than any topic takes
 * once it is not. Of such a record the beginning is written, and a header with its size.
 */
public final class RejectedRecord {
  /** Common prefix of the error headers. */
  public static final String PREFIX = "__connect.errors.";

  /** Topic that the record was on. */
  public static final String TOPIC = PREFIX + "topic";

  /** Partition that the record was on, decimal text. */
  public static final String PARTITION = PREFIX + "partition";

  /** Offset that the record had, decimal text. */
  public static final String OFFSET = PREFIX + "offset";

  /** System that rejected it. */
  public static final String CONNECTOR = PREFIX + "connector.name";

  /** Partition of the task that rejected it, decimal text. */
  public static final String TASK = PREFIX + "task.id";

  /** Stage of processing, for example {@code VALUE_CONVERTER}. */
  public static final String STAGE = PREFIX + "stage";

  /** Class that failed. */
  public static final String CLASS = PREFIX + "class.name";

  /** Class of the exception. */
  public static final String EXCEPTION = PREFIX + "exception.class.name";

  /** Message of the exception. */
  public static final String MESSAGE = PREFIX + "exception.message";

  /** Reason code, for example {@code out_of_range}. */
  public static final String REASON = "sidestream_reason";

  /**
   * Marks a receipt on the rejected topic: offset of the record that was replayed, decimal text.
   */
  static final String REPLAYED = "sidestream_replayed";

  /** Bytes that a record had of which the beginning is written, decimal text. */
  public static final String CUT = "sidestream_cut";

  /** Most bytes of key, value and headers that are written as they were; the rest is for ours. */
  static final int MAX_BYTES = Topics.MAX_DERIVED_BYTES - 64 * 1024;

  /** Most bytes that are kept of the key, the value and the headers each, where they are cut. */
  private static final int BEGINNING = 64 * 1024;

  /** Reason code where the exception carries none. */
  public static final String FAILED = "failed";

  /** Most characters of an exception's message that are kept. */
  public static final int MAX_MESSAGE = 2_000;

  private static final String SYSTEM = "sidestream";

  private RejectedRecord() {}

  /** The rejected form of a consumed record. */
  public static ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> consumed, String stage, String className, Exception cause) {
    return of(
        consumed.topic(),
        consumed.partition(),
        consumed.offset(),
        consumed.key(),
        consumed.value(),
        consumed.headers(),
        stage,
        className,
        cause);
  }

  /**
   * The rejected form of a record.
   *
   * @param headers the record's own; those of this class's names are replaced
   * @param stage stage of processing
   * @param className class that failed
   * @param cause the failure
   */
  public static ProducerRecord<byte[], byte[]> of(
      String topic,
      int partition,
      long offset,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers,
      String stage,
      String className,
      Exception cause) {
    Headers all = new RecordHeaders();
    for (Header header : headers) {
      if (!isOurs(header.key())) {
        all.add(header);
      }
    }
    long bytes = RecordSize.of(key, value, all);
    boolean cut = bytes > MAX_BYTES;
    if (cut) {
      all = RecordSize.of(all) > BEGINNING ? new RecordHeaders() : all;
      add(all, CUT, Long.toString(bytes));
    }
    add(all, TOPIC, topic);
    add(all, PARTITION, Integer.toString(partition));
    add(all, OFFSET, Long.toString(offset));
    add(all, CONNECTOR, SYSTEM);
    add(all, TASK, Integer.toString(partition));
    add(all, STAGE, stage);
    add(all, CLASS, className);
    add(all, EXCEPTION, cause.getClass().getName());
    add(all, MESSAGE, message(cause));
    add(all, REASON, reason(cause));
    return new ProducerRecord<>(
        topic + ".rejected", null, cut ? beginning(key) : key, cut ? beginning(value) : value, all);
  }

  private static byte @Nullable [] beginning(byte @Nullable [] part) {
    return part == null || part.length <= BEGINNING ? part : Arrays.copyOf(part, BEGINNING);
  }

  /** Whether a header of this name was written by this class, not by the record's producer. */
  static boolean isOurs(String header) {
    return header.startsWith(PREFIX)
        || header.equals(REASON)
        || header.equals(CUT)
        || header.equals(REPLAYED);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String message(Exception cause) {
    String message = ReasonText.of(cause);
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
  }

  private static String reason(Exception cause) {
    return cause instanceof MalformedRecordException malformed ? malformed.reason().code() : FAILED;
  }
}
