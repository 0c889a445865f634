package io.sidestream.ingest.pairs;

import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.PairKey;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes a total as a {@link PairCount} under its pair's key. */
final class TotalWriter implements KafkaRecordSerializationSchema<KeyedCount> {
  private final String topic;

  TotalWriter(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      KeyedCount count, KafkaSinkContext context, Long timestamp) {
    PairCount value = new PairCount(PairKey.parse(count.key()), count.total());
    byte[] key = count.key().getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, key, Codecs.pairCount().encode(value));
  }
}
