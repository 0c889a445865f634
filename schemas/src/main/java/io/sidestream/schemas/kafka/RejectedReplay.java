package io.sidestream.schemas.kafka;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes rejected records back to their topic: original key, bytes and headers. */
public final class RejectedReplay {
  /*
   * Nothing is doubled. A record that its topic's decoder would still reject stays where it is. One
   * that is written back gets a receipt in the same transaction, and no replay takes it again. A
   * replay that begins fences one that runs, by the transactional id, and reads what was committed.
   */
  /** Most records of a transaction. */
  static final int MAX_IN_TRANSACTION = 500;

  private final Map<String, ?> kafka;
  private final Topics topics;
  private final RecordCheck check;

  /**
   * Outcome.
   *
   * @param replayed records written back
   * @param stillBad records left, since they would be rejected again
   * @param superseded records left, since a later one of their key replaced them, or their user was
   *     erased
   */
  public record Outcome(long replayed, long stillBad, long superseded) {}

  /**
   * @param kafka client settings, {@code bootstrap.servers} at least
   */
  public RejectedReplay(Map<String, ?> kafka, Topics topics) {
    this.kafka = kafka;
    this.topics = topics;
    this.check = new RecordCheck(topics);
  }

  /**
   * Replays the records of a topic that were rejected up to now and not replayed yet.
   *
   * @param topic the original topic, not the one for its rejected records
   * @throws KafkaException when the brokers refuse a record; what was committed before stays
   */
  public Outcome replay(Topic topic, RejectedFilter filter) {
    try (Producer<byte[], byte[]> producer = producer(topic);
        TopicReader reader = new TopicReader(kafka)) {
      producer.initTransactions();
      RejectedLog log = new RejectedLog(reader, topic);
      LaterRecords later = new LaterRecords(topics, topic);
      log.read(
          filter,
          entry -> {
            if (isGood(entry)) {
              later.add(entry);
            }
          });
      later.read(reader);
      Run run = new Run(producer, later);
      log.read(filter, run::take);
      return run.finish();
    }
  }

  private final class Run {
    private final Producer<byte[], byte[]> producer;
    private final LaterRecords later;
    private long replayed;
    private long stillBad;
    private long superseded;
    private int open;

    private Run(Producer<byte[], byte[]> producer, LaterRecords later) {
      this.producer = producer;
      this.later = later;
    }

    private void take(RejectedEntry entry) {
      if (!isGood(entry)) {
        stillBad++;
      } else if (later.supersede(entry)) {
        superseded++;
      } else {
        write(entry);
      }
    }

    private void write(RejectedEntry entry) {
      if (open == 0) {
        producer.beginTransaction();
      }
      producer.send(entry.original());
      producer.send(RejectedLog.receiptOf(entry));
      open++;
      if (open == MAX_IN_TRANSACTION) {
        commit();
      }
    }

    /** Fails when one of its records was not written; then none is. */
    private void commit() {
      producer.commitTransaction();
      replayed += open;
      open = 0;
    }

    private Outcome finish() {
      if (open > 0) {
        commit();
      }
      return new Outcome(replayed, stillBad, superseded);
    }
  }

  private boolean isGood(RejectedEntry entry) {
    if (entry.isCut()) {
      return false;
    }
    try {
      check.check(entry.topic(), entry.record().key(), entry.record().value());
      return true;
    } catch (MalformedRecordException e) {
      return false;
    }
  }

  private Producer<byte[], byte[]> producer(Topic topic) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("transactional.id", topics.namespace().replayTransaction(topic));
    config.putIfAbsent("max.request.size", Topics.MAX_DERIVED_BYTES);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
