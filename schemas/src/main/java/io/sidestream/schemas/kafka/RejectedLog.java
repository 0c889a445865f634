package io.sidestream.schemas.kafka;

import io.sidestream.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The rejected records of one topic that were not replayed, up to the end at the time it is made.
 */
public final class RejectedLog {
  /*
   * A replay writes, in one transaction with the original, a receipt to the rejected topic: a
   * record without key and value, in the same partition, whose header has the offset of what was
   * replayed. It expires with the topic's retention, and always after what it is about.
   */
  private final TopicReader reader;
  private final Topic topic;
  private final Map<Integer, Long> ends;
  private final Map<Integer, Set<Long>> replayed = new HashMap<>();

  /** The rejected records of a topic; reads the receipts. */
  public RejectedLog(TopicReader reader, Topic topic) {
    this.reader = reader;
    this.topic = topic;
    this.ends = reader.ends(topic.rejectedName());
    reader.readUntil(topic.rejectedName(), ends, this::receipt);
  }

  /** Passes on every record that the filter selects, in order within a partition. */
  public void read(RejectedFilter filter, Consumer<RejectedEntry> entries) {
    reader.readUntil(
        topic.rejectedName(),
        ends,
        record -> {
          if (isReceipt(record)
              || replayed.getOrDefault(record.partition(), Set.of()).contains(record.offset())) {
            return;
          }
          RejectedEntry entry = new RejectedEntry(topic, record);
          if (filter.matches(entry)) {
            entries.accept(entry);
          }
        });
  }

  /** The receipt of a replayed record. */
  static ProducerRecord<byte[], byte[]> receiptOf(RejectedEntry entry) {
    ConsumerRecord<byte[], byte[]> record = entry.record();
    ProducerRecord<byte[], byte[]> receipt =
        new ProducerRecord<>(record.topic(), record.partition(), null, null);
    receipt
        .headers()
        .add(
            RejectedRecord.REPLAYED,
            Long.toString(record.offset()).getBytes(StandardCharsets.UTF_8));
    return receipt;
  }

  private void receipt(ConsumerRecord<byte[], byte[]> record) {
    if (isReceipt(record)) {
      Header offset = record.headers().lastHeader(RejectedRecord.REPLAYED);
      replayed
          .computeIfAbsent(record.partition(), partition -> new HashSet<>())
          .add(Long.valueOf(new String(offset.value(), StandardCharsets.UTF_8)));
    }
  }

  private static boolean isReceipt(ConsumerRecord<byte[], byte[]> record) {
    return record.headers().lastHeader(RejectedRecord.REPLAYED) != null;
  }
}
