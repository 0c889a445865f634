package io.sidestream.ingest.flow;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands on every Kafka record as an {@link InboundRecord}; rejects none. */
final class InboundRecordReader implements KafkaRecordDeserializationSchema<InboundRecord> {
  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<InboundRecord> out) {
    out.collect(InboundRecord.of(record));
  }

  @Override
  public TypeInformation<InboundRecord> getProducedType() {
    return InboundRecord.TYPE;
  }
}
