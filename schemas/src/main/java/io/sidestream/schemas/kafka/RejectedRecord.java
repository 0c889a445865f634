package io.sidestream.schemas.kafka;

import io.sidestream.schemas.avro.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record that no one could take, as it goes to {@code <topic>.rejected}: key, bytes and headers
 * untouched, and the Kafka Connect headers that say where it was and what was wrong.
 */
public final class RejectedRecord {
  /** What the header names of this family begin with. */
  public static final String PREFIX = "__connect.errors.";

  /** Topic that the record was on. */
  public static final String TOPIC = PREFIX + "topic";

  /** Partition that the record was on, decimal text. */
  public static final String PARTITION = PREFIX + "partition";

  /** Offset that the record had, decimal text. */
  public static final String OFFSET = PREFIX + "offset";

  /** Who refused it. */
  public static final String CONNECTOR = PREFIX + "connector.name";

  /** Which part of whoever refused it, decimal text. */
  public static final String TASK = PREFIX + "task.id";

  /** What was being done, for example {@code VALUE_CONVERTER}. */
  public static final String STAGE = PREFIX + "stage";

  /** Class that was doing it. */
  public static final String CLASS = PREFIX + "class.name";

  /** Class of the exception. */
  public static final String EXCEPTION = PREFIX + "exception.class.name";

  /** Message of the exception. */
  public static final String MESSAGE = PREFIX + "exception.message";

  /** Reason code, for example {@code out_of_range}. */
  public static final String REASON = "sidestream_reason";

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
   * @param headers the record's own, which are kept but for those that this class writes
   * @param stage what was being done
   * @param className class that was doing it
   * @param cause what was wrong
   */
  public static ProducerRecord<byte[], byte[]> of(
      String topic,
      int partition,
      long offset,
      byte[] key,
      byte[] value,
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
    return new ProducerRecord<>(topic + ".rejected", null, key, value, all);
  }

  /** Whether a header of this name was written by this class, not by the record's producer. */
  public static boolean isOurs(String header) {
    return header.startsWith(PREFIX) || header.equals(REASON);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String message(Exception cause) {
    String message = String.valueOf(cause.getMessage());
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
  }

  private static String reason(Exception cause) {
    return cause instanceof MalformedRecordException malformed ? malformed.reason().code() : FAILED;
  }
}
