package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sidestream.admin.AdminConfig;
import io.sidestream.admin.tracing.TracingConfig;
import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.TinyCorpus;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.learning.tensor.Cuda;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.GenerationTest.GivenAnswer;
import io.sidestream.schemas.GenerationTest.Outcome;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.Rollout;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.CorpusEnds;
import io.sidestream.schemas.kafka.GenerationLog;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.kafka.TopicReader;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.WindowLimits;
import io.sidestream.trainer.watching.DriftRule;
import io.sidestream.trainer.watching.RollbackRule;
import io.sidestream.trainer.watching.TrialRule;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer as it runs, over a real broker. */
class TrainerApplicationTest {
  private static final Topics TOPICS =
      Topics.of(new Namespace("staging.", "films"), TopicPolicy.DEFAULT);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Milliseconds of 1970 would be taken for seconds, and refused. */
  private static final Duration DECADES = Duration.ofDays(18_000);

  @TempDir Path directory;

  @Test
  void requests_areAnsweredOnce_aBadOneIsRejected_andAllIsAnnounced() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(kafka);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
        TopicCreator.create(admin, TOPICS);
        CorpusOffsets nothing = CorpusEnds.latest(admin, TOPICS);
        produce(producer);
        CorpusOffsets everything = CorpusEnds.latest(admin, TOPICS);
        request(producer, "nothing yet", nothing);
        TrainerApplication trainer = TrainerApplication.start(config(kafka), TrainingProgress.NONE);
        try {
          Awaitility.await().atMost(PATIENCE).until(() -> committed(admin) == 1);
          request(producer, "everything", everything);
          request(producer, "everything again", everything);
          Awaitility.await()
              .atMost(PATIENCE)
              .until(() -> history(kafka).serving().isPresent() && committed(admin) == 3);
          assertEquals(1, history(kafka).announcements().size());
          assertRejected(kafka);
          GenerationAnnouncement live = history(kafka).serving().orElseThrow();
          assertEquals(GenerationState.LIVE, live.state());
          assertEquals(everything, live.corpus());
          assertTrue(
              Files.exists(directory.resolve("generations/generation-000001/manifest.json")));
          assertTrue(live.metrics().containsKey("recommendation.recall@30"));
          assertWatched(trainer.adminPort());
          assertDriftRequests(producer, kafka, trainer.adminPort());
          assertABetterCandidateIsPromoted(producer, kafka);
        } finally {
          trainer.close();
        }
        trainer.awaitStopped();
      }
    }
  }

  /** With the reason its rejected form is larger than records that producers send by default. */
  @Test
  void badRequest_asLargeAsBrokersTake_isRejected() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(kafka);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
          TopicReader reader = new TopicReader(kafka)) {
        TopicCreator.create(admin, TOPICS);
        byte[] large = new byte[Topics.MAX_RECORD_BYTES - 200];
        producer.send(new ProducerRecord<>(TOPICS.trainingRequests().name(), large)).get();
        TrainerApplication trainer = TrainerApplication.start(config(kafka), TrainingProgress.NONE);
        try {
          Awaitility.await().atMost(PATIENCE).until(() -> committed(admin) == 1);
        } finally {
          trainer.close();
        }
        List<Integer> bytes = new ArrayList<>();
        reader.readAll(
            TOPICS.trainingRequests().name() + ".rejected", one -> bytes.add(one.value().length));
        assertEquals(List.of(large.length), bytes);
      }
    }
  }

  /** A fall asks once, whatever comes after it; a further one is within the interval. */
  private static void assertDriftRequests(
      KafkaProducer<byte[], byte[]> producer, Map<String, Object> kafka, int port) {
    for (int hits : new int[] {500, 250, 250, 0}) {
      for (int i = 0; i < 500; i++) {
        Outcome outcome = i < hits ? Outcome.HIT : Outcome.MISS;
        GenerationTest test =
            new GenerationTest(
                GenerationTest.Task.SEARCH, Instant.now(), List.of(tested(1, outcome)));
        producer.send(
            new ProducerRecord<>(
                TOPICS.generationTests().name(), Codecs.generationTest().encode(test)));
      }
    }
    producer.flush();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                get(port, "/metrics")
                    .body()
                    .contains("sidestream_drift_requests_total{outcome=\"held_back\"} 1.0"));
    assertEquals(TrainingRequest.Reason.DRIFT, requests(kafka).get(3));
    assertEquals(4, requests(kafka).size());
  }

  /** What it has among its answers the live generation has not. */
  private static void assertABetterCandidateIsPromoted(
      KafkaProducer<byte[], byte[]> producer, Map<String, Object> kafka) {
    GenerationAnnouncement candidate =
        live(2).in(GenerationState.CANDIDATE, "good", Instant.now()).with(Rollout.NONE.sharing(0));
    announce(producer, List.of(candidate));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> { // those that come before the trial begins do not count
              for (int i = 0; i < 50; i++) {
                producer.send(
                    new ProducerRecord<>(
                        TOPICS.generationTests().name(),
                        Codecs.generationTest()
                            .encode(
                                new GenerationTest(
                                    GenerationTest.Task.RECOMMENDATION,
                                    Instant.now(),
                                    List.of(
                                        tested(1, i < 10 ? Outcome.HIT : Outcome.UNKNOWN_ITEM),
                                        tested(2, i < 30 ? Outcome.HIT : Outcome.MISS))))));
              }
              return history(kafka)
                  .serving()
                  .map(one -> one.generation().equals(new Generation(2)))
                  .orElseThrow();
            });
    DecisionAuthor author =
        history(kafka).serving().orElseThrow().rollout().decisions().get(0).author();
    assertEquals("trainer", author.by());
    assertEquals(
        "100 of 100 events, difference of 6.3 standard errors;"
            + " recall of recommendation 0.600, live 0.200, of 100",
        author.why());
  }

  private static GivenAnswer tested(long generation, Outcome outcome) {
    return new GivenAnswer(new Generation(generation), outcome, 0, List.of());
  }

  private static List<TrainingRequest.Reason> requests(Map<String, Object> kafka) {
    List<TrainingRequest.Reason> reasons = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(
          TOPICS.trainingRequests().name(),
          row -> {
            try {
              reasons.add(Codecs.trainingRequest().decode(row.value()).reason());
            } catch (MalformedRecordException e) {
              throw new AssertionError(e);
            }
          });
    }
    return reasons;
  }

  @Test
  void start_onAGpuThatIsNotThere_isRefusedBeforeAnyConnection() {
    assumeTrue(Cuda.card().isEmpty(), "this machine has a GPU");
    TrainerConfig config =
        config(
            Map.of("bootstrap.servers", "127.0.0.1:1"),
            TinyTraining.SETTINGS.with(Map.of("trainer.device", "cuda")));
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> TrainerApplication.start(config, TrainingProgress.NONE));
    assertTrue(
        refused.getMessage().startsWith("trainer.device is cuda, and PyTorch"),
        refused.getMessage());
  }

  @Test
  void start_withFoldersThatHoldNoSuchModel_isRefusedByNameAndReason() {
    Path models = Path.of("../learning/src/test/resources/golden/huggingface");
    assertRefused(
        Map.of("trainer.encoder.model", models.resolve("t5-gated").toString()),
        "trainer.encoder.model is " + models.resolve("t5-gated"),
        "t5-gated: model_type is t5, expected one of [mpnet, bert, xlm-roberta]");
    assertRefused(
        Map.of("trainer.generator.model", models.resolve("nothing").toString()),
        "trainer.generator.model is " + models.resolve("nothing"),
        "nothing: is no folder");
    assertRefused(
        Map.of(
            "trainer.generator.model",
            models.resolve("t5-gated").toString(),
            "trainer.generator.max.tokens",
            "4"),
        "trainer.generator.model is " + models.resolve("t5-gated"),
        "prompts of 4 tokens hold no item of 2 codes beside the marker");
  }

  private void assertRefused(Map<String, String> settings, String setting, String reason) {
    TrainerConfig config =
        config(Map.of("bootstrap.servers", "127.0.0.1:1"), TinyTraining.SETTINGS.with(settings));
    String refused =
        assertThrows(
                UserErrorException.class,
                () -> TrainerApplication.start(config, TrainingProgress.NONE))
            .getMessage();
    assertEquals(setting + ": " + reason, refused);
  }

  private static void assertWatched(int port) throws Exception {
    assertEquals(200, get(port, "/health/ready").statusCode());
    assertEquals(200, get(port, "/health/live").statusCode());
    String metrics = get(port, "/metrics").body();
    for (String line :
        List.of(
            "sidestream_training_requests_total{outcome=\"live\"} 1.0",
            "sidestream_training_requests_total{outcome=\"failed\"} 1.0",
            "sidestream_training_requests_total{outcome=\"skipped\"} 1.0",
            "sidestream_training_running 0.0",
            "sidestream_training_step_duration_seconds_sum{step=\"generator\"}",
            "sidestream_training_step_progress_ratio{step=\"generator\"} 1.0",
            "sidestream_trained_generation_accepted 1.0",
            "sidestream_trained_generation_evaluation_ratio{metric=\"recall@30\",task=\"search\"}",
            "sidestream_training_last_age_seconds",
            "kafka_consumer_")) {
      assertTrue(metrics.contains(line), line + " is missing in " + metrics);
    }
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void training_rolledBackMeanwhile_keepsTheGenerationThatServes() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
      Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(kafka);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
        TopicCreator.create(admin, TOPICS);
        produce(producer);
        announce(producer, List.of(live(1), live(2)));
        request(producer, "everything", CorpusEnds.latest(admin, TOPICS));
        TrainingProgress rollBack =
            new AtTheGate(() -> announce(producer, history(kafka).rollback(Instant.EPOCH)));
        TrainerApplication trainer = TrainerApplication.start(config(kafka), rollBack);
        try {
          Awaitility.await().atMost(PATIENCE).until(() -> committed(admin) == 1);
        } finally {
          trainer.close();
        }
        GenerationHistory after = history(kafka);
        assertEquals(3, after.serving().orElseThrow().generation().number());
        assertEquals(1, after.rollbackTarget().orElseThrow().generation().number());
        assertEquals(GenerationState.RETIRED, after.find(new Generation(2)).orElseThrow().state());
      }
    }
  }

  /** Does something when a generation is about to be judged. */
  private record AtTheGate(Runnable action) implements TrainingProgress {
    @Override
    public void stage(String name, String detail) {
      if (name.equals("gate")) {
        action.run();
      }
    }

    @Override
    public void step(long done, long total) {}

    @Override
    public void finished(String name, String detail) {}
  }

  private static GenerationAnnouncement live(int number) {
    return new GenerationAnnouncement(
        new Generation(number),
        GenerationState.LIVE,
        "",
        "0".repeat(64),
        Optional.empty(),
        new CorpusOffsets(Map.of()),
        Map.of(),
        Instant.EPOCH);
  }

  private static void announce(
      KafkaProducer<byte[], byte[]> producer, List<GenerationAnnouncement> announcements) {
    announcements.forEach(one -> producer.send(GenerationLog.toRecord(TOPICS.generations(), one)));
    producer.flush();
  }

  private static void assertRejected(Map<String, Object> kafka) {
    List<String> details = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(
          TOPICS.trainingRequests().name() + ".rejected",
          one ->
              details.add(
                  new String(
                      one.headers().lastHeader("__connect.errors.exception.message").value(),
                      StandardCharsets.UTF_8)));
    }
    assertEquals(List.of("corpus has no items, expected 1 or more"), details);
  }

  private static long committed(Admin admin) throws Exception {
    return admin
        .listConsumerGroupOffsets("staging.films.sidestream-trainer-films")
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .mapToLong(offset -> offset.offset())
        .sum();
  }

  private static GenerationHistory history(Map<String, Object> kafka) {
    return GenerationLog.read(kafka, TOPICS.generations());
  }

  private TrainerConfig config(Map<String, Object> kafka) {
    return config(kafka, TinyTraining.SETTINGS);
  }

  private TrainerConfig config(Map<String, Object> kafka, TrainingSettings settings) {
    return new TrainerConfig(
        kafka,
        TOPICS,
        BundleStoreConfig.directory(directory.resolve("generations")),
        Optional.empty(),
        directory.resolve("trainer"),
        3,
        new AdminConfig("127.0.0.1", 0),
        TracingConfig.OFF,
        Duration.ofSeconds(30),
        Optional.empty(),
        new DriftRule(0.2, Duration.ofHours(1)),
        new TrialRule(Duration.ofHours(1), 100),
        new RollbackRule(Duration.ofHours(1), 100),
        settings);
  }

  private static void produce(KafkaProducer<byte[], byte[]> producer) {
    Corpus corpus = TinyCorpus.of(50, 30, WindowLimits.DEFAULT, 11);
    for (Item item : corpus.items()) {
      send(producer, TOPICS.items(), item.id().value(), Codecs.item().encode(item));
    }
    corpus
        .interactions()
        .forEach(
            one ->
                send(
                    producer,
                    TOPICS.interactions(),
                    one.user().value(),
                    Codecs.interaction().encode(later(one))));
    corpus
        .searches()
        .forEach(
            one ->
                send(producer, TOPICS.searches(), one.query(), Codecs.search().encode(later(one))));
    for (PairCount count : corpus.counts()) {
      send(
          producer,
          TOPICS.pairCounts(),
          PairKey.of(count.pair()),
          Codecs.pairCount().encode(count));
    }
    producer.flush();
  }

  private static Interaction later(Interaction one) {
    Instant at = one.at().plus(DECADES);
    return new Interaction(one.user(), one.item(), one.kind(), one.weight(), at);
  }

  private static Search later(Search one) {
    return new Search(one.query(), one.clicked(), one.user(), one.at().plus(DECADES));
  }

  private static void request(
      KafkaProducer<byte[], byte[]> producer, String detail, CorpusOffsets corpus) {
    TrainingRequest request =
        new TrainingRequest(
            TOPICS.namespace().catalogue(),
            TrainingRequest.Reason.NEW_EVENTS,
            detail,
            corpus,
            Instant.ofEpochSecond(1_000));
    send(producer, TOPICS.trainingRequests(), "films", Codecs.trainingRequest().encode(request));
    producer.flush();
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, Topic topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value));
  }
}
