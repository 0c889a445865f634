package io.sidestream.ingest.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Hands on every Kafka record as an {@link InboundRecord}; refuses none. */
final class InboundRecordReader implements KafkaRecordDeserializationSchema<InboundRecord> {
  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<InboundRecord> out) {
    out.collect(
        new InboundRecord(
            record.topic(),
            record.partition(),
            record.offset(),
            Optional.ofNullable(record.key()),
            Optional.ofNullable(record.value()),
            fields(record)));
  }

  private static List<RecordHeader> fields(ConsumerRecord<byte[], byte[]> record) {
    List<RecordHeader> fields = new ArrayList<>();
    for (Header header : record.headers()) {
      fields.add(new RecordHeader(header.key(), Optional.ofNullable(header.value())));
    }
    return List.copyOf(fields);
  }

  @Override
  public TypeInformation<InboundRecord> getProducedType() {
    return InboundRecord.TYPE;
  }
}
