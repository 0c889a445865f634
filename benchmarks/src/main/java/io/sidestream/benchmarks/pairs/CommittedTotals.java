package io.sidestream.benchmarks.pairs;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the totals that are committed on a topic. */
final class CommittedTotals implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ExpectedTotals totals;
  private long records;

  /**
   * @param totals take them; what they took before is forgotten
   */
  CommittedTotals(String servers, Topic topic, ExpectedTotals totals) {
    this.totals = totals;
    totals.forgetCommitted();
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
      String[] key = new String(record.key(), StandardCharsets.UTF_8).split("\t", -1);
      totals.commit(key[1], key[2], total);
      records++;
    }
  }

  long records() {
    return records;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
