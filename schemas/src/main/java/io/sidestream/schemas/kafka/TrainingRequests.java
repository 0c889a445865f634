package io.sidestream.schemas.kafka;

import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.avro.Codecs;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes the topic of training requests. */
public final class TrainingRequests {
  private TrainingRequests() {}

  /** Requests a training, and returns when the brokers have the request. */
  public static void send(Producer<byte[], byte[]> producer, Topics topics, TrainingRequest request)
      throws InterruptedException, ExecutionException {
    producer
        .send(
            new ProducerRecord<>(
                topics.trainingRequests().name(),
                request.catalogue().getBytes(StandardCharsets.UTF_8),
                Codecs.trainingRequest().encode(request)))
        .get();
  }
}
