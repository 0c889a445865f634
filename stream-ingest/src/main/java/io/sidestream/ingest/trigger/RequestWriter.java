package io.sidestream.ingest.trigger;

import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.avro.Codecs;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes a request under its catalogue's name. */
final class RequestWriter implements KafkaRecordSerializationSchema<TrainingRequest> {
  private final String topic;

  RequestWriter(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      TrainingRequest request, KafkaSinkContext context, Long timestamp) {
    byte[] key = request.catalogue().getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, key, Codecs.trainingRequest().encode(request));
  }
}
