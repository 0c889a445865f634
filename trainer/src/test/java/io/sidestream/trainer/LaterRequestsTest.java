package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.TopicCreator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaterRequestsTest {
  private static final String TOPIC = Topics.DEFAULT.trainingRequests().name();

  @TempDir Path directory;

  @Test
  void cover_requestsOnTheTopic_saysWhichALaterOneCovers() throws Exception {
    List<TrainingRequest> requests =
        List.of(
            request("default", 5),
            request("default", 7),
            request("books", 9),
            request("default", 6),
            request("default", 6));
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(kafka);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
        TopicCreator.create(admin, Topics.DEFAULT);
        for (TrainingRequest request : requests) {
          producer
              .send(
                  new ProducerRecord<>(
                      TOPIC,
                      request.catalogue().getBytes(StandardCharsets.UTF_8),
                      Codecs.trainingRequest().encode(request)))
              .get();
        }
        producer.send(new ProducerRecord<>(TOPIC, new byte[] {1})).get(); // unreadable
        producer.send(new ProducerRecord<>(TOPIC, new byte[] {1}, null)).get();
      }
      LaterRequests later = LaterRequests.onTopic(kafka);
      List<Boolean> covered = new ArrayList<>();
      for (int offset = 0; offset < requests.size(); offset++) {
        covered.add(later.cover(record(offset), requests.get(offset)));
      }
      assertEquals(List.of(true, false, false, true, false), covered);
    }
    LaterRequests away =
        LaterRequests.onTopic(
            Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", "200"));
    assertFalse(away.cover(record(0), requests.get(0)), "no broker answers");
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>(TOPIC, 0, offset, new byte[0], new byte[0]);
  }

  private static TrainingRequest request(String catalogue, long end) {
    return new TrainingRequest(
        catalogue,
        TrainingRequest.Reason.NEW_EVENTS,
        "enough",
        new CorpusOffsets(Map.of("interactions", Map.of(0, end))),
        Instant.EPOCH);
  }
}
