package io.sidestream.ingest.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.IngestApplication;
import io.sidestream.ingest.IngestConfig;
import io.sidestream.ingest.KafkaFixture;
import io.sidestream.ingest.pairs.Events;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.pairs.WindowLimits;
import io.sidestream.schemas.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // the application is there to run, not to be called
class IngestOnAClusterTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final WindowLimits LIMITS = new WindowLimits(5, Duration.ofDays(2));
  private static final Duration TIMEOUT = Duration.ofSeconds(120);
  private static final int CORPUS_ITEMS = 6;

  @TempDir Path directory;

  @Tag("F5")
  @Test
  void run_processLeavesTakesOverAndStopsJobs_totalsAreEqualAndNewItemsAreCoded() throws Exception {
    Events events = new Events(37, LIMITS);
    try (KafkaFixture kafka = KafkaFixture.start(directory);
        FlinkProcesses flink = FlinkProcesses.start(directory.resolve("flink"))) {
      try (IngestApplication leaves = start(kafka, flink, false)) {
        announce(kafka);
        produce(kafka, 20);
        events.send(kafka, 300);
        awaitAll(kafka, flink, events, 20);
      }
      produce(kafka, 21); // the jobs run on, without this process
      events.send(kafka, 300);
      awaitAll(kafka, flink, events, 21);
      try (IngestApplication stops = start(kafka, flink, true)) {
        assertEquals(3, running(flink), "jobs are taken over, none starts twice");
      }
      assertEquals(0, running(flink));
      events.send(kafka, 300);
      try (IngestApplication again = start(kafka, flink, false)) {
        produce(kafka, 22); // by native libraries that the same TaskManager loads once more
        awaitAll(kafka, flink, events, 22);
      }
    }
  }

  private static void awaitAll(KafkaFixture kafka, FlinkProcesses flink, Events events, int item)
      throws Exception {
    within(flink, () -> Events.read(kafka).equals(events.totals()));
    String key = "1/" + TinyGeneration.itemId(item);
    within(
        flink,
        () ->
            kafka.committed(TOPICS.codedItems()).stream()
                .anyMatch(record -> KafkaFixture.text(record.key()).equals(key)));
  }

  private static void within(FlinkProcesses flink, Callable<Boolean> condition) {
    try {
      await().atMost(TIMEOUT).until(condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(flink.log(), e);
    }
  }

  private static long running(FlinkProcesses flink) throws Exception {
    HttpRequest jobs =
        HttpRequest.newBuilder(URI.create("http://" + flink.address() + "/jobs")).build();
    String answer =
        HttpClient.newHttpClient().send(jobs, HttpResponse.BodyHandlers.ofString()).body();
    return Pattern.compile("\"status\":\"RUNNING\"").matcher(answer).results().count();
  }

  private IngestApplication start(KafkaFixture kafka, FlinkProcesses flink, boolean stopJobs)
      throws Exception {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "ingest.admin.port", "0",
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "ingest.flink.rest", flink.address(),
                "ingest.flink.jar", System.getProperty("jobs.jar"),
                "ingest.flink.stop.jobs", Boolean.toString(stopJobs),
                "ingest.checkpoint.dir", directory.resolve("checkpoints").toString(),
                "ingest.savepoint.dir", directory.resolve("savepoints").toString(),
                "ingest.checkpoint.interval", "1s",
                "ingest.window.items", Integer.toString(LIMITS.items()),
                "ingest.window.age", LIMITS.age().toHours() + "h"));
    settings.put("bundles.store", directory.resolve("generations").toString());
    return IngestApplication.start(IngestConfig.from(Settings.of(settings)));
  }

  private static long produce(KafkaFixture kafka, int number) throws Exception {
    Item item = TinyGeneration.item(number);
    return kafka.send(TOPICS.items(), item.id().value(), Codecs.item().encode(item)).offset();
  }

  /** A generation whose corpus holds nothing: every item is later. */
  private void announce(KafkaFixture kafka) throws Exception {
    Path bundle =
        new TinyGeneration(new Generation(1), CORPUS_ITEMS, 1)
            .publish(directory.resolve("generations").resolve("default"));
    try (OpenGeneration open = BundleReader.open(bundle, OnnxSessions.cpu(1))) {
      GenerationAnnouncement announcement =
          new GenerationAnnouncement(
              open.generation(),
              GenerationState.CANDIDATE,
              "published",
              open.manifestSha256(),
              Optional.empty(),
              new CorpusOffsets(Map.of(TOPICS.items().name(), new HashMap<>())),
              Map.of(),
              Instant.EPOCH);
      kafka.send(TOPICS.generations(), "1", Codecs.generationAnnouncement().encode(announcement));
    }
  }
}
