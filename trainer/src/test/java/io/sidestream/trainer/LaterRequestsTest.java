package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.TrainingRequest.Reason;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.GenerationLog;
import io.sidestream.schemas.kafka.TopicCreator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
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
      try (KafkaProducer<byte[], byte[]> producer = created(kafka)) {
        send(producer, requests);
        producer.send(new ProducerRecord<>(TOPIC, new byte[] {1})).get(); // unreadable
        producer.send(new ProducerRecord<>(TOPIC, new byte[] {1}, null)).get();
      }
      LaterRequests later = LaterRequests.onTopic(kafka, Topics.DEFAULT.generations());
      List<Boolean> covered = new ArrayList<>();
      for (int offset = 0; offset < requests.size(); offset++) {
        covered.add(later.cover(record(offset), requests.get(offset)));
      }
      assertEquals(List.of(true, false, false, true, false), covered);
    }
    LaterRequests away =
        LaterRequests.onTopic(
            Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", "200"),
            Topics.DEFAULT.generations());
    assertFalse(away.cover(record(0), requests.get(0)), "no broker answers");
  }

  /**
   * A trainer that ended before the verdict was announced left the generation a candidate for good:
   * the request was skipped, and the later one trained another.
   */
  @Tag("F6")
  @Test
  void cover_generationAnnouncedForTheRequest_isNotLeftToALaterOne() throws Exception {
    List<TrainingRequest> requests = List.of(request("default", 5), request("default", 7));
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      LaterRequests later = LaterRequests.onTopic(kafka, Topics.DEFAULT.generations());
      try (KafkaProducer<byte[], byte[]> producer = created(kafka)) {
        send(producer, requests);
        assertTrue(later.cover(record(0), requests.get(0)), "not trained yet");
        GenerationLog.announce(
            producer, Topics.DEFAULT.generations(), candidate(requests.get(0).corpus()));
      }
      assertFalse(later.cover(record(0), requests.get(0)), "a candidate without a verdict");
    }
  }

  /** Where a generation held the corpus of both, neither was trained. */
  @Test
  void cover_manualRequest_isLeftToOneThatAsksForMoreOrIsManual() throws Exception {
    TrainingRequest manual = request("default", Reason.BY_HAND, 5);
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      LaterRequests later = LaterRequests.onTopic(kafka, Topics.DEFAULT.generations());
      try (KafkaProducer<byte[], byte[]> producer = created(kafka)) {
        send(producer, List.of(manual, request("default", 5), manual, request("default", 6)));
      }
      assertTrue(later.cover(record(0), manual), "the second manual one");
      assertTrue(later.cover(record(2), manual), "the one that asks for more");
      assertFalse(later.cover(record(3), manual));
    }
  }

  /** Of the topics of an empty broker. */
  private static KafkaProducer<byte[], byte[]> created(Map<String, Object> kafka) throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      TopicCreator.create(admin, Topics.DEFAULT);
    }
    return new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, List<TrainingRequest> requests)
      throws Exception {
    for (TrainingRequest request : requests) {
      byte[] key = request.catalogue().getBytes(StandardCharsets.UTF_8);
      byte[] value = Codecs.trainingRequest().encode(request);
      producer.send(new ProducerRecord<>(TOPIC, key, value)).get();
    }
  }

  private static GenerationAnnouncement candidate(CorpusOffsets corpus) {
    return new GenerationAnnouncement(
        new Generation(1),
        GenerationState.CANDIDATE,
        "trained, in evaluation",
        "0".repeat(64),
        Optional.empty(),
        corpus,
        Map.of(),
        Instant.EPOCH);
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>(TOPIC, 0, offset, new byte[0], new byte[0]);
  }

  private static TrainingRequest request(String catalogue, long end) {
    return request(catalogue, Reason.NEW_EVENTS, end);
  }

  private static TrainingRequest request(String catalogue, Reason reason, long end) {
    return new TrainingRequest(
        catalogue,
        reason,
        "enough",
        new CorpusOffsets(Map.of("interactions", Map.of(0, end))),
        Instant.EPOCH);
  }
}
