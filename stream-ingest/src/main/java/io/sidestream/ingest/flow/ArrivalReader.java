package io.sidestream.ingest.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Hands on every Kafka record as an {@link Arrival}; refuses none. */
final class ArrivalReader implements KafkaRecordDeserializationSchema<Arrival> {
  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Arrival> out) {
    out.collect(
        new Arrival(
            record.topic(),
            record.partition(),
            record.offset(),
            Optional.ofNullable(record.key()),
            Optional.ofNullable(record.value()),
            fields(record)));
  }

  private static List<Field> fields(ConsumerRecord<byte[], byte[]> record) {
    List<Field> fields = new ArrayList<>();
    for (Header header : record.headers()) {
      fields.add(new Field(header.key(), Optional.ofNullable(header.value())));
    }
    return List.copyOf(fields);
  }

  @Override
  public TypeInformation<Arrival> getProducedType() {
    return Arrival.TYPE;
  }
}
