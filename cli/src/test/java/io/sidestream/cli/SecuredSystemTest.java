package io.sidestream.cli;

import static io.sidestream.cli.CommandRun.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.sidestream.chaos.SmallTraining;
import io.sidestream.cli.produce.EventProducer;
import io.sidestream.client.Connection;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.index.IndexApplication;
import io.sidestream.index.IndexConfig;
import io.sidestream.ingest.IngestApplication;
import io.sidestream.ingest.IngestConfig;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.access.Role;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.RejectedRecord;
import io.sidestream.schemas.kafka.TopicReader;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.trainer.TrainerApplication;
import io.sidestream.trainer.TrainerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The whole path over TLS and logins, each role with the documented ACLs and no others. */
@SuppressWarnings("try") // the applications are there to run, not to be called
class SecuredSystemTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final SampleSize SIZE = new SampleSize(80, 40, 4, 1_600);
  private static final Path ENCODER =
      Path.of("../learning/src/test/resources/golden/huggingface/mpnet")
          .toAbsolutePath()
          .normalize();
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Of no log: who asks, and what for. */
  private static final String CANARY_USER = "canary-user-5e1d";

  private static final String CANARY_QUERY = "canaryquery";
  private static final Settings DEFAULTS = Settings.of(Map.of());

  @TempDir static Path directory;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<Logger> loggers =
      Stream.of("org.apache", "io.sidestream", "kafka")
          .map(name -> (Logger) LoggerFactory.getLogger(name))
          .toList();

  @BeforeEach
  void captureLog() {
    log.start();
    loggers.forEach(
        logger -> {
          logger.setLevel(Level.INFO);
          logger.setAdditive(false);
          logger.addAppender(log);
        });
  }

  @AfterEach
  void releaseLog() {
    loggers.forEach(
        logger -> {
          logger.detachAppender(log);
          logger.setAdditive(true);
          logger.setLevel(logger.getName().startsWith("io") ? null : Level.ERROR);
        });
  }

  @Tag("S4")
  @Tag("S5")
  @Tag("S8")
  @Test
  void wholePath_documentedAcls_works() throws Exception {
    try (SecuredBroker broker = SecuredBroker.start(directory)) {
      run(0, "topics", "create", "--config", user(broker, Role.OPERATOR));
      Settings producer = settings(user(broker, Role.PRODUCER));
      produce(producer);
      Settings ingest = settings(user(broker, Role.INGEST));
      Settings trainer = settings(user(broker, Role.TRAINER));
      Settings index = settings(user(broker, Role.INDEX));
      try (IngestApplication counting = IngestApplication.start(IngestConfig.from(ingest));
          TrainerApplication training =
              TrainerApplication.start(TrainerConfig.from(trainer), TrainingProgress.NONE);
          IndexApplication answering = IndexApplication.start(IndexConfig.from(index))) {
        await(broker, TOPICS.rejectedOf(TOPICS.interactions()), 1);
        await(broker, TOPICS.trainingRequests(), 1);
        Awaitility.await().atMost(LIMIT).until(() -> answering.servingGeneration().isPresent());
        assertFalse(read(broker, TOPICS.pairCounts()).isEmpty());

        String client = user(broker, Role.CLIENT);
        run(0, "search", "storm " + CANARY_QUERY, "--config", client);
        run(0, "recommend", "--user", CANARY_USER, "--config", client);
        String operator = config(broker, Role.OPERATOR);
        String listed = run(0, "generations", "list", "--config", operator);
        assertTrue(listed.contains("live"), listed);
        rejectGood(settings(operator));
        await(broker, TOPICS.rejectedOf(TOPICS.interactions()), 2);
        int events = read(broker, TOPICS.interactions()).size();
        String replayed =
            run(0, "rejected", "replay", "--topic", "interactions", "--config", operator);
        assertEquals("interactions: 1 replayed, 1 still bad, 0 superseded\n", replayed);
        await(broker, TOPICS.interactions(), events + 1);
        run(0, "retrain", "--config", operator);
        await(broker, TOPICS.trainingRequests(), 2);
        run(1, "generations", "rollback", "--config", client);
      }
      String logged = logged();
      assertSecretsAreKept(
          logged, run(0, "config", "show", "--config", config(broker, Role.INDEX)));
      assertFalse(logged.contains(CANARY_USER), "a user is in the log");
      assertFalse(logged.contains(CANARY_QUERY), "a query is in the log");
    }
  }

  @Tag("S4")
  @Test
  void processes_noAcls_endByName() throws Exception {
    try (SecuredBroker broker =
        SecuredBroker.start(Files.createDirectory(directory.resolve("no")))) {
      run(0, "topics", "create", "--config", user(broker, Role.OPERATOR));
      broker.user("unprivileged", List.of());
      Settings unprivileged =
          settings(
              write(
                  "unprivileged",
                  broker.scram("unprivileged", SecuredBroker.password("unprivileged"))));
      refused(
          "Write on transactional-id sidestream-ingest-*",
          () -> IngestApplication.start(IngestConfig.from(unprivileged)));
      refused(
          "Read on group sidestream-trainer-default",
          () -> TrainerApplication.start(TrainerConfig.from(unprivileged), TrainingProgress.NONE));
      refused(
          "Create on topic sidestream-index-*",
          () -> IndexApplication.start(IndexConfig.from(unprivileged)));
    }
  }

  private static void refused(String missing, Executable start) {
    String message = assertThrows(UserErrorException.class, start).getMessage();
    assertTrue(message.contains(missing), message);
  }

  private static void produce(Settings settings) {
    Connection connection = Connection.of(settings);
    try (EventProducer events = EventProducer.open(connection, Clock.systemUTC());
        KafkaProducer<byte[], byte[]> raw =
            new KafkaProducer<>(
                connection.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
      events.produce(new SampleCatalogue(5, SIZE).dataset(), EventProducer.Progress.NONE);
      Interaction event =
          new Interaction(
              new UserId(CANARY_USER),
              new SampleCatalogue(5, SIZE).dataset().interactions().get(0).item(),
              "view",
              1,
              Instant.EPOCH);
      byte[] user = CANARY_USER.getBytes(StandardCharsets.UTF_8);
      byte[] nonsense = ("not avro: " + CANARY_QUERY).getBytes(StandardCharsets.UTF_8);
      for (byte[] value : List.of(Codecs.interaction().encode(event), nonsense)) {
        raw.send(new ProducerRecord<>(TOPICS.interactions().name(), user, value));
      }
      raw.flush();
    }
  }

  /** Rejects an interaction that is good now. */
  private static void rejectGood(Settings settings) throws Exception {
    Interaction good = new SampleCatalogue(5, SIZE).dataset().interactions().get(0);
    byte[] user = good.user().value().getBytes(StandardCharsets.UTF_8);
    ConsumerRecord<byte[], byte[]> consumed =
        new ConsumerRecord<>(
            TOPICS.interactions().name(), 0, 0, user, Codecs.interaction().encode(good));
    try (KafkaProducer<byte[], byte[]> raw =
        new KafkaProducer<>(
            Connection.of(settings).kafka(),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      raw.send(RejectedRecord.of(consumed, "DECODE", "test", new IllegalStateException("bad")))
          .get();
    }
  }

  /** Neither the log of Kafka, Flink and ours at level INFO nor the settings' listing has one. */
  private static void assertSecretsAreKept(String logged, String shown) {
    List<String> secrets = new ArrayList<>(List.of(Certificates.PASSWORD));
    Stream.of(Role.values()).map(role -> SecuredBroker.password(role.text())).forEach(secrets::add);
    assertTrue(logged.contains("sasl.jaas.config = [hidden]"), "the log has no client's settings");
    for (String secret : secrets) {
      assertFalse(logged.contains(secret), secret + " is in the log");
      assertFalse(shown.contains(secret), secret + " is shown");
    }
  }

  private String logged() {
    return List.copyOf(log.list).stream()
        .map(
            event ->
                event.getFormattedMessage()
                    + ThrowableProxyUtil.asString(event.getThrowableProxy()))
        .collect(Collectors.joining("\n"));
  }

  /** A new user of a role, and the settings file of its commands and processes. */
  private static String user(SecuredBroker broker, Role role) throws Exception {
    broker.user(
        role.text(), AclsCommand.of(role, Connection.of(DEFAULTS), IndexConfig.from(DEFAULTS)));
    return config(broker, role);
  }

  private static String config(SecuredBroker broker, Role role) throws IOException {
    return write(role.text(), broker.scram(role.text(), SecuredBroker.password(role.text())));
  }

  private static String write(String name, Map<String, String> settings) throws IOException {
    Path file = directory.resolve(name + ".yaml");
    Files.write(
        file,
        settings.entrySet().stream()
            .map(one -> one.getKey() + ": '" + one.getValue() + "'")
            .toList());
    return file.toString();
  }

  private static Settings settings(String file) {
    Map<String, String> own = new HashMap<>(SmallTraining.requestedAfter(1_600));
    own.put("ingest.checkpoint.dir", directory.resolve("checkpoints").toString());
    own.put("bundles.store", directory.resolve("generations").toString());
    own.put("trainer.dir", directory.resolve("trainer").toString());
    own.put("trainer.encoder.model", ENCODER.toString());
    own.put("index.dir", directory.resolve("index").toString());
    return Settings.load(Optional.of(Path.of(file)), Map.of(), Map.of(), own);
  }

  private static void await(SecuredBroker broker, Topic topic, int records) {
    Awaitility.await().atMost(LIMIT).until(() -> read(broker, topic).size() >= records);
  }

  private static List<byte[]> read(SecuredBroker broker, Topic topic) {
    List<byte[]> values = new ArrayList<>();
    try (TopicReader reader = new TopicReader(SecuredBroker.clients(broker.plain("admin")))) {
      reader.readAll(topic.name(), record -> values.add(record.value()));
    }
    return values;
  }
}
