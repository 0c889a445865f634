package io.sidestream.schemas.kafka;

import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes the topic of generations. */
public final class GenerationLog {
  private static final Logger LOG = LoggerFactory.getLogger(GenerationLog.class);

  private GenerationLog() {}

  /**
   * The history of all announcements so far.
   *
   * @param kafka client settings, {@code bootstrap.servers} at least
   */
  public static GenerationHistory read(Map<String, ?> kafka, Topic generations) {
    try (TopicReader reader = new TopicReader(kafka)) {
      return read(reader, generations);
    }
  }

  static GenerationHistory read(TopicReader reader, Topic generations) {
    GenerationHistory[] history = {GenerationHistory.NONE};
    reader.readAll(generations.name(), one -> history[0] = after(history[0], one));
    return history[0];
  }

  /** The history after one more record of the topic. A malformed one changes nothing. */
  public static GenerationHistory after(
      GenerationHistory history, ConsumerRecord<byte[], byte[]> announced) {
    try {
      return history.with(Codecs.generationAnnouncement().decode(announced.value()));
    } catch (MalformedRecordException e) {
      LOG.warn(
          "{}-{} offset {} is skipped: {}",
          announced.topic(),
          announced.partition(),
          announced.offset(),
          e.getMessage());
      return history;
    }
  }

  /** Announces, and returns when the brokers have it. */
  public static void announce(
      Producer<byte[], byte[]> producer, Topic generations, GenerationAnnouncement announcement)
      throws InterruptedException, ExecutionException {
    producer.send(toRecord(generations, announcement)).get();
  }

  /** The announcement as a record, keyed by its generation's number. */
  public static ProducerRecord<byte[], byte[]> toRecord(
      Topic generations, GenerationAnnouncement announcement) {
    byte[] key = announcement.generation().toString().getBytes(StandardCharsets.UTF_8);
    byte[] value = Codecs.generationAnnouncement().encode(announcement);
    return new ProducerRecord<>(generations.name(), key, value);
  }
}
