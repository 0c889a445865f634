package io.sidestream.ingest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.ingest.coding.CodingJob;
import io.sidestream.ingest.pairs.PairJob;
import io.sidestream.ingest.trigger.TriggerJob;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.TrainingRequest.Reason;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // the application is there to run, not to be called
class IngestApplicationTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Topics TOPICS = Topics.DEFAULT;

  @TempDir Path directory;

  @Test
  void run_enoughEventsTwiceAcrossARestart_requestsTwiceAndTheCorpusHoldsTheirCounts()
      throws Exception {
    try (KafkaFixture kafka = KafkaFixture.start(directory)) {
      try (IngestApplication application = IngestApplication.start(config(kafka))) {
        interact(kafka, 0, 10);
        await().atMost(TIMEOUT).until(() -> requests(kafka).size() == 1);
        assertWatched(application);
        interact(kafka, 10, 13);
      }
      try (IngestApplication application = IngestApplication.start(config(kafka))) {
        interact(kafka, 13, 20);
        await().atMost(TIMEOUT).until(() -> requests(kafka).size() == 2);
      }
      assertRequest(kafka, requests(kafka).get(0), 10);
      assertRequest(kafka, requests(kafka).get(1), 20);
    }
  }

  private static void assertWatched(IngestApplication application) throws Exception {
    await().atMost(TIMEOUT).until(() -> get(application, "/health/ready").statusCode() == 200);
    assertEquals(200, get(application, "/health/live").statusCode());
    assertEquals(200, get(application, "/health/started").statusCode());
    String metrics = get(application, "/metrics").body();
    for (String job : List.of(PairJob.NAME, TriggerJob.NAME, CodingJob.NAME)) {
      String labels = "{job_name=\"" + job + "\"}";
      assertTrue(metrics.contains("sidestream_job_running" + labels + " 1.0"), metrics);
      assertTrue(metrics.contains("sidestream_checkpoint_age_seconds" + labels), metrics);
      assertTrue(metrics.contains("sidestream_checkpoint_duration_seconds" + labels), metrics);
    }
    assertTrue(metrics.contains("jvm_memory_used_bytes"), metrics);
  }

  private static HttpResponse<String> get(IngestApplication application, String path)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + application.adminPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void assertRequest(KafkaFixture kafka, TrainingRequest request, int events) {
    assertEquals(Reason.NEW_EVENTS, request.reason());
    assertEquals(events, eventsIn(request.corpus()));
    assertEquals(events - 1, pairsIn(kafka, request.corpus()), "pairs of the corpus");
  }

  private static long eventsIn(CorpusOffsets corpus) {
    return corpus.ends().get(TOPICS.interactions().name()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static long pairsIn(KafkaFixture kafka, CorpusOffsets corpus) {
    return kafka.committed(TOPICS.pairCounts()).stream()
        .filter(record -> corpus.covers(record.topic(), record.partition(), record.offset()))
        .count();
  }

  /** One user interacts with items in turn: each makes a pair with the one before. */
  private static void interact(KafkaFixture kafka, int from, int to) throws Exception {
    for (int item = from; item < to; item++) {
      Interaction interaction =
          new Interaction(
              new UserId("ann"), new ItemId("item " + item), "view", 1, Instant.ofEpochMilli(1));
      kafka.send(TOPICS.interactions(), "ann", Codecs.interaction().encode(interaction));
    }
  }

  private static List<TrainingRequest> requests(KafkaFixture kafka) throws Exception {
    List<TrainingRequest> requests = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.committed(TOPICS.trainingRequests())) {
      requests.add(Codecs.trainingRequest().decode(record.value()));
    }
    return requests;
  }

  private IngestConfig config(KafkaFixture kafka) {
    return IngestConfig.from(
        Settings.of(
            Map.of(
                "ingest.admin.port", "0",
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "ingest.checkpoint.dir", directory.resolve("checkpoints").toString(),
                "ingest.checkpoint.interval", "1s",
                "ingest.parallelism", "1",
                "ingest.window.items", "1",
                "ingest.trigger.events", "10",
                "ingest.trigger.min.interval", "0s",
                "ingest.trigger.uncoded.share", "0")));
  }
}
