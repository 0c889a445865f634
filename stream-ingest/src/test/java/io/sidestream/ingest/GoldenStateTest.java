package io.sidestream.ingest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.admin.AdminConfig;
import io.sidestream.ingest.cluster.JobSettings;
import io.sidestream.ingest.cluster.LocalCluster;
import io.sidestream.ingest.cluster.RunningJob;
import io.sidestream.ingest.coding.CodingJob;
import io.sidestream.ingest.pairs.Events;
import io.sidestream.ingest.pairs.PairJob;
import io.sidestream.ingest.trigger.TrainingTriggerPolicy;
import io.sidestream.ingest.trigger.TriggerJob;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.TrainingRequest.Reason;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.WindowLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Restores savepoints that an earlier build wrote, one of each job, with the real job graphs.
 *
 * <p>A changed layout must still restore them. To keep savepoints of a new layout beside them:
 * {@code mvn -pl stream-ingest -am test -Dtest=GoldenStateTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dsidestream.golden=src/test/resources/state/4}.
 */
@SuppressWarnings("try") // the application is there to run, not to be called
class GoldenStateTest {
  /** Before items had neighbours. */
  private static final Path GOLDEN = Path.of("src/test/resources/state/1");

  /** Of the counting job, with the neighbours of items; the second with counts in rows. */
  private static final List<Path> NEIGHBOURS_GOLDEN =
      List.of(Path.of("src/test/resources/state/2"), Path.of("src/test/resources/state/3"));

  private static final Topics TOPICS = Topics.DEFAULT;
  private static final WindowLimits LIMITS = new WindowLimits(5, Duration.ofDays(2));
  private static final int NEIGHBOURS = 7;
  private static final Duration TIMEOUT = Duration.ofSeconds(120);
  private static final String CATALOGUE = "default";
  private static final int ITEMS = 3;
  private static final int INTERACTIONS = 60;
  private static final int EVENTS = INTERACTIONS + INTERACTIONS / 4;

  /** More than were sent before the savepoints, or are sent after them; fewer than both. */
  private static final int THRESHOLD = EVENTS + EVENTS / 3;

  private final Events events = new Events(29, LIMITS);

  @TempDir Path directory;

  @Test
  void start_fromSavepointsOfThisVersion_continuesWithTheirState() throws Exception {
    copy(GOLDEN, directory.resolve("checkpoints"));
    try (KafkaFixture kafka = KafkaFixture.start(directory)) {
      sendBefore(kafka);
      Map<String, Long> before = new TreeMap<>(events.totals());
      int transitionsBefore = events.transitions();
      try (IngestApplication application = IngestApplication.start(config(kafka))) {
        events.send(kafka, INTERACTIONS);
        announceSecond(kafka);
        assertCounts(kafka, before);
        Map<String, ItemNeighbours> since = events.neighbours(transitionsBefore, NEIGHBOURS);
        await().atMost(TIMEOUT).until(() -> Events.neighbours(kafka), since::equals);
        Map<String, Long> moreTotals = new TreeMap<>(events.totals());
        before.forEach((key, total) -> moreTotals.merge(key, -total, Long::sum));
        moreTotals.values().removeIf(more -> more == 0);
        await()
            .atMost(TIMEOUT)
            .until(() -> Events.clicked(kafka), Events.clicked(moreTotals)::equals);
        assertRequest(kafka);
        assertCoded(kafka);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void start_fromASavepointWithNeighbours_addsToThem(int golden) throws Exception {
    copy(NEIGHBOURS_GOLDEN.get(golden), directory.resolve("checkpoints"));
    try (KafkaFixture kafka = KafkaFixture.start(directory)) {
      sendBefore(kafka);
      Map<String, Long> totalsBefore = new TreeMap<>(events.totals());
      int before = events.transitions();
      try (LocalCluster cluster = LocalCluster.start(config(kafka).jobs(), 1)) {
        cluster.submit(PairJob.NAME, environment -> wire(environment, kafka));
        events.send(kafka, INTERACTIONS);
        Map<String, ItemNeighbours> changed = events.neighbours(0, NEIGHBOURS);
        changed.keySet().retainAll(events.neighbours(before, NEIGHBOURS).keySet());
        await().atMost(TIMEOUT).until(() -> Events.neighbours(kafka), changed::equals);
        assertCounts(kafka, totalsBefore);
      }
    }
  }

  @Test
  void start_fromALaterLayout_failsAndNamesTheSerializerAndVersions() throws Exception {
    copy(GOLDEN, directory.resolve("checkpoints"));
    String serializer = "io.sidestream.ingest.pairs.RecentItemsSerializer";
    raiseVersion(directory.resolve("checkpoints").resolve(PairJob.NAME), serializer);
    try (KafkaFixture kafka = KafkaFixture.start(directory);
        LocalCluster cluster = LocalCluster.start(config(kafka).jobs(), 1)) {
      RunningJob job = cluster.submit(PairJob.NAME, environment -> wire(environment, kafka));
      await().atMost(TIMEOUT).until(() -> job.ended().isDone());

      assertEquals(
          "java.io.IOException: " + serializer + ": state has layout version 9, known are 1 to 1",
          rootMessage(job.failure().orElseThrow()));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "sidestream.golden", matches = ".+")
  void write_savepointsOfThisVersion() throws Exception {
    Path golden = Path.of(System.getProperty("sidestream.golden"));
    try (KafkaFixture kafka = KafkaFixture.start(directory)) {
      sendBefore(kafka);
      try (IngestApplication application = IngestApplication.start(config(kafka))) {
        await().atMost(TIMEOUT).until(() -> Events.read(kafka), events.totals()::equals);
        awaitConsumed(kafka, PairJob.NAME, EVENTS);
        awaitConsumed(kafka, TriggerJob.NAME, EVENTS + ITEMS + 2);
        awaitConsumed(kafka, CodingJob.NAME, ITEMS + 1);
      }
    }
    for (String job : List.of(PairJob.NAME, TriggerJob.NAME, CodingJob.NAME)) {
      try (Stream<Path> all = Files.list(directory.resolve("checkpoints").resolve(job))) {
        Path savepoint =
            all.filter(path -> path.getFileName().toString().startsWith("savepoint"))
                .findFirst()
                .orElseThrow();
        copy(savepoint, golden.resolve(job).resolve("savepoint"));
      }
    }
  }

  /** What the savepoints cover, record by record: the offsets in them must be there. */
  private void sendBefore(KafkaFixture kafka) throws Exception {
    TrainingRequest request =
        new TrainingRequest(CATALOGUE, Reason.AGE, "first", nothing(), Instant.EPOCH);
    kafka.send(TOPICS.trainingRequests(), CATALOGUE, Codecs.trainingRequest().encode(request));
    announce(kafka, GenerationState.LIVE, 1, "0".repeat(64));
    for (int number = 0; number < ITEMS; number++) {
      Item item = TinyGeneration.item(number);
      kafka.send(TOPICS.items(), item.id().value(), Codecs.item().encode(item));
    }
    events.send(kafka, INTERACTIONS);
  }

  private void announceSecond(KafkaFixture kafka) throws Exception {
    Path bundle =
        new TinyGeneration(new Generation(2), ITEMS, 2).publish(directory.resolve("generations"));
    try (OpenGeneration open = BundleReader.open(bundle, OnnxSessions.cpu(1))) {
      announce(kafka, GenerationState.CANDIDATE, 2, open.manifestSha256());
    }
  }

  private static void announce(
      KafkaFixture kafka, GenerationState state, long number, String sha256) throws Exception {
    GenerationAnnouncement announcement =
        new GenerationAnnouncement(
            new Generation(number),
            state,
            "for the test",
            sha256,
            Optional.empty(),
            nothing(),
            Map.of(),
            Instant.EPOCH);
    kafka.send(
        TOPICS.generations(),
        Long.toString(number),
        Codecs.generationAnnouncement().encode(announcement));
  }

  /** Totals of the pairs counted since the savepoint hold what was counted before it. */
  private void assertCounts(KafkaFixture kafka, Map<String, Long> before) {
    Map<String, Long> since = new TreeMap<>(events.totals());
    since.entrySet().removeAll(before.entrySet());
    assertTrue(since.keySet().stream().anyMatch(before::containsKey), "no pair counted twice");
    await().atMost(TIMEOUT).until(() -> Events.read(kafka), since::equals);
  }

  /** The events before and after reach a threshold that neither reaches alone. */
  private static void assertRequest(KafkaFixture kafka) throws Exception {
    await().atMost(TIMEOUT).until(() -> kafka.committed(TOPICS.trainingRequests()).size() == 2);
    TrainingRequest request =
        Codecs.trainingRequest().decode(kafka.committed(TOPICS.trainingRequests()).get(1).value());
    assertEquals(Reason.NEW_EVENTS, request.reason());
  }

  /** The items before the savepoint, which no corpus covers, are coded for the new generation. */
  private static void assertCoded(KafkaFixture kafka) {
    Set<String> expected =
        Stream.iterate(0, number -> number + 1)
            .limit(ITEMS)
            .map(number -> "2/" + TinyGeneration.itemId(number))
            .collect(Collectors.toSet());
    await()
        .atMost(TIMEOUT)
        .until(
            () ->
                kafka.committed(TOPICS.codedItems()).stream()
                    .map(record -> KafkaFixture.text(record.key()))
                    .collect(Collectors.toSet()),
            expected::equals);
  }

  private static void wire(StreamExecutionEnvironment environment, KafkaFixture kafka) {
    PairJob.wire(environment, kafka.connectors(), TOPICS, CountingRule.of(LIMITS), NEIGHBOURS);
  }

  private static void awaitConsumed(KafkaFixture kafka, String job, long records) {
    String group = TOPICS.namespace().ingestGroup(job);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      await()
          .atMost(TIMEOUT)
          .until(
              () ->
                  admin
                      .listConsumerGroupOffsets(group)
                      .partitionsToOffsetAndMetadata(group)
                      .get()
                      .values()
                      .stream()
                      .mapToLong(each -> each.offset())
                      .sum(),
              sum -> sum == records);
    }
  }

  /** Sets the layout version behind a serializer's name to 9. */
  private static void raiseVersion(Path job, String serializer) throws IOException {
    Path metadata = job.resolve("savepoint").resolve("_metadata");
    byte[] bytes = Files.readAllBytes(metadata);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(serializer) + serializer.length();
    assertTrue(end >= serializer.length(), "savepoint does not name " + serializer);
    while (end >= serializer.length()) {
      assertEquals(1, bytes[end + 3], "version of the layout");
      bytes[end + 3] = 9;
      end = text.indexOf(serializer, end) + serializer.length();
    }
    Files.write(metadata, bytes);
  }

  private static String rootMessage(Throwable thrown) {
    return thrown.getCause() == null ? thrown.getMessage() : rootMessage(thrown.getCause());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }

  private static CorpusOffsets nothing() {
    return new CorpusOffsets(Map.of());
  }

  private IngestConfig config(KafkaFixture kafka) {
    return new IngestConfig(
        kafka.connectors(),
        TOPICS,
        new JobSettings(directory.resolve("checkpoints").toUri(), Duration.ofMillis(200), 2),
        Optional.empty(),
        CountingRule.of(LIMITS),
        NEIGHBOURS,
        new TrainingTriggerPolicy(
            THRESHOLD, Duration.ZERO, 0, Duration.ZERO, Duration.ofMillis(200)),
        BundleStoreConfig.directory(directory.resolve("generations")),
        1,
        new AdminConfig("127.0.0.1", 0),
        TIMEOUT,
        LocalCluster.NO_METRICS_PORT,
        TIMEOUT);
  }
}
