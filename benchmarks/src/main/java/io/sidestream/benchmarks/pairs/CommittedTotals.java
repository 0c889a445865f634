package io.sidestream.benchmarks.pairs;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The totals that are committed on a topic so far. */
final class CommittedTotals implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Long> totals = new HashMap<>();
  private long sum;
  private long records;

  CommittedTotals(String servers, Topic topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    var partitions =
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads on for a moment. */
  void poll() throws MalformedRecordException {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      long total = Codecs.pairCount().decode(record.value()).total();
      Long before = totals.put(new String(record.key(), StandardCharsets.UTF_8), total);
      sum += total - (before == null ? 0 : before);
      records++;
    }
  }

  /** Sum of the last total of each pair. */
  long sum() {
    return sum;
  }

  long records() {
    return records;
  }

  /** Whether each pair has the total that was counted, and there are no others. */
  boolean equal(PlainCounts counts) {
    return totals.size() == counts.size()
        && totals.entrySet().stream()
            .allMatch(total -> counts.total(total.getKey()) == total.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
