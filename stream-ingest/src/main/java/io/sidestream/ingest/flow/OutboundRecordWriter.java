package io.sidestream.ingest.flow;

import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Hands an {@link OutboundRecord} to Kafka's producer. */
final class OutboundRecordWriter implements KafkaRecordSerializationSchema<OutboundRecord> {
  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      OutboundRecord record, KafkaSinkContext context, Long timestamp) {
    List<Header> headers =
        record.headers().stream()
            .<Header>map(field -> new RecordHeader(field.name(), field.value().orElse(null)))
            .toList();
    return new ProducerRecord<>(
        record.topic(), null, record.key().orElse(null), record.value().orElse(null), headers);
  }
}
