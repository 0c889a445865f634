package io.sidestream.index;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.index.serving.AttributeUpdater;
import io.sidestream.index.serving.TinyGeneration;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.registry.SchemaRegistry;
import io.sidestream.schemas.settings.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two catalogues on one broker and in one work directory, and producers that are not ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedClusterTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Topics PLAIN = Topics.DEFAULT;
  private static final Topics FILMS =
      Topics.of(new Namespace("staging.", "films"), TopicPolicy.DEFAULT);

  private static final ItemId HEAT = new ItemId("heat");
  private static final byte[] OF_SCHEMA_7 = {0, 0, 0, 0, 7, 1};

  private final TinyGeneration ofPlain = new TinyGeneration(1, "a", "b", "both");
  private final TinyGeneration ofFilms = new TinyGeneration(1, "x", "y", "both");
  private Path work;
  private EmbeddedBroker broker;
  private IndexApplication plain;
  private IndexApplication films;
  private Caller caller;

  @BeforeAll
  void start(@TempDir Path fresh) throws Exception {
    work = fresh;
    broker =
        EmbeddedBroker.start(
            work.resolve("broker"),
            0,
            Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200"));
    try (Admin admin = admin()) {
      TopicCreator.create(admin, PLAIN);
      TopicCreator.create(admin, FILMS);
    }
    caller =
        new Caller(
            broker.bootstrapServers(),
            RequestHeaders.DEFAULT,
            List.of(
                PLAIN.searchResults().name(),
                PLAIN.recommendationResults().name(),
                FILMS.searchResults().name(),
                FILMS.recommendationResults().name()));
    plain = start(Map.of(), PLAIN, ofPlain);
    films =
        start(
            Map.of(
                "topics.prefix",
                "staging.",
                "catalogue",
                "films",
                "index.kafka.commit.interval.ms",
                "600000", // not while these tests run
                "index.kafka.statestore.cache.max.bytes",
                "2000"), // a few histories
            FILMS,
            ofFilms);
  }

  private IndexApplication start(Map<String, String> names, Topics topics, TinyGeneration tiny)
      throws Exception {
    Map<String, String> settings = new java.util.HashMap<>(names);
    settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
    settings.putIfAbsent("index.dir", work.resolve("index").toString());
    settings.put("bundles.store", work.resolve("generations").toString());
    settings.put("index.admin.port", "0");
    settings.put("index.kafka.consumer.heartbeat.interval.ms", "100"); // soon notices others
    IndexApplication application =
        IndexApplication.start(
            IndexConfig.from(Settings.of(settings)),
            (store, live) -> announced -> tiny.load(store));
    caller.send(
        new ProducerRecord<>(
            topics.generations().name(),
            utf8("1"),
            Codecs.generationAnnouncement().encode(tiny.announced(GenerationState.LIVE))));
    await().atMost(TIMEOUT).until(application::isReady);
    return application;
  }

  @AfterAll
  void stop() throws Exception {
    films.close();
    plain.close();
    caller.close();
    broker.close();
  }

  @Test
  void search_inEachCatalogue_isAnsweredFromIt() throws Exception {
    assertEquals(Set.of("a", "b", "both"), search(PLAIN));
    assertEquals(Set.of("x", "y", "both"), search(FILMS));
  }

  @Test
  void codedItem_inOneCatalogue_isNotInTheOther() throws Exception {
    caller.send(
        new ProducerRecord<>(
            FILMS.codedItems().name(),
            utf8("1/late"),
            Codecs.codedItem().encode(ofFilms.coded("late", 7))));
    await().atMost(TIMEOUT).until(() -> search(FILMS).contains("late"));
    assertEquals(Set.of("a", "b", "both"), search(PLAIN));
    caller.send(new ProducerRecord<>(FILMS.codedItems().name(), utf8("1/late"), null));
    await().atMost(TIMEOUT).until(() -> !search(FILMS).contains("late"));
  }

  @Test
  void interaction_inOneCatalogue_isNoHistoryInTheOther() throws Exception {
    caller.send(interaction(FILMS, "ann", "both", null));
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertEquals(Set.of("x", "y"), items(recommend(FILMS, "ann"))));
    assertEquals(Set.of("a", "b", "both"), items(recommend(PLAIN, "ann")));
  }

  @Test
  void request_namingAnotherCataloguesReplyTopic_isAnsweredInItsOwn() throws Exception {
    ProducerRecord<byte[], byte[]> request = searchRecord(PLAIN);
    request.headers().add(RequestHeaders.DEFAULT.replyTopic(), utf8(FILMS.searchResults().name()));
    ConsumerRecord<byte[], byte[]> reply = caller.ask(request);
    assertEquals(PLAIN.searchResults().name(), reply.topic());
  }

  @Test
  void names_groupsTopicsAndDirectories_areOfTheirCatalogue() throws Exception {
    try (Admin admin = admin()) {
      Set<String> groups =
          admin.listGroups().all().get().stream()
              .map(GroupListing::groupId)
              .collect(Collectors.toSet());
      assertEquals(
          Set.of(
              "sidestream-index",
              "sidestream-index-answering",
              "sidestream-index-testing",
              "staging.films.sidestream-index",
              "staging.films.sidestream-index-answering",
              "staging.films.sidestream-index-testing"),
          groups);
      assertTrue(
          admin
              .listTopics()
              .names()
              .get()
              .containsAll(
                  Set.of(
                      "sidestream-index-histories-changelog",
                      "staging.films.sidestream-index-histories-changelog",
                      "staging.films.sidestream-index-interactions-by-user-repartition")));
    }
    assertTrue(Files.isDirectory(work.resolve("index/rocksdb")));
    assertTrue(Files.isDirectory(work.resolve("index/namespaces/staging.films/rocksdb")));
    assertTrue(
        Files.isDirectory(
            work.resolve("index/namespaces/staging.films/streams/staging.films.sidestream-index")));
  }

  /** The other index has a copy of all histories: none is read again when they move to it. */
  @Tag("F11")
  @Test
  void histories_indexLeaves_areNotReadAgainByTheOther() throws Exception {
    List<String> users = IntStream.range(0, 20).mapToObj(user -> "mover " + user).toList();
    for (String user : users) {
      caller.post(interaction(PLAIN, user, "a", null));
      caller.send(interaction(PLAIN, user, "b", null));
    }
    awaitHistories(users);
    long written = histories();
    TinyGeneration same = new TinyGeneration(1, "a", "b", "both");
    IndexApplication other =
        start(Map.of("index.dir", work.resolve("index-2").toString()), PLAIN, same);
    await().atMost(TIMEOUT).until(() -> MetricsPage.copied(other) >= written);
    double before = MetricsPage.restored(other);
    plain.close();
    plain = other;
    awaitHistories(users);
    assertEquals(before, MetricsPage.restored(other), 2);
  }

  /** What no longer fits is written before the commit, and read from where it was written. */
  @Tag("L1")
  @Test
  void histories_moreThanTheCacheHolds_areWrittenBeforeTheCommitAndRight() throws Exception {
    List<String> users = IntStream.range(0, 40).mapToObj(user -> "one of many " + user).toList();
    long before = written(FILMS);
    for (String item : List.of("x", "y")) {
      for (String user : users) {
        caller.send(interaction(FILMS, user, item, null));
      }
    }
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              for (String user : users) {
                assertEquals(Set.of("both"), items(recommend(FILMS, user)), user);
              }
            });
    await().atMost(TIMEOUT).until(() -> written(FILMS) - before > users.size());
  }

  private void awaitHistories(List<String> users) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              for (String user : users) {
                assertEquals(Set.of("both"), items(recommend(PLAIN, user)), user);
              }
            });
  }

  /** Each wrote a history of up to 200 items. */
  @Tag("L1")
  @Test
  void interactions_veryManyOfOneUserAtOnce_writeFewHistories() throws Exception {
    int events = 2_000;
    long before = histories();
    for (int event = 1; event < events; event++) {
      caller.post(interaction(PLAIN, "heavy", "item " + event % 300, null));
    }
    caller.send(interaction(PLAIN, "heavy", "a", null));
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertEquals(Set.of("b", "both"), items(recommend(PLAIN, "heavy"))));
    long written = histories() - before;
    assertTrue(written < events / 10, written + " histories of " + events + " events");
  }

  private long histories() throws Exception {
    return written(PLAIN);
  }

  private long written(Topics topics) throws Exception {
    return HistoryChangelog.records(
        broker.bootstrapServers(), topics.namespace().applicationId("sidestream-index"));
  }

  /** librdkafka hashes keys otherwise than Java: three of four users once had no history. */
  @Tag("case-01")
  @Test
  void interaction_onAnyPartition_isInItsUsersHistory() throws Exception {
    for (int partition = 0; partition < PLAIN.interactions().partitions(); partition++) {
      String user = "user on " + partition;
      caller.send(interaction(PLAIN, "eve", "a", partition));
      caller.send(interaction(PLAIN, user, "b", partition));
      await()
          .atMost(TIMEOUT)
          .untilAsserted(() -> assertEquals(Set.of("a", "both"), items(recommend(PLAIN, user))));
    }
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertEquals(Set.of("b", "both"), items(recommend(PLAIN, "eve"))));
  }

  /** It was read, and stayed in the history. */
  @Tag("case-02")
  @Test
  void interaction_rolledBack_neverHappened() throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "rolling-back");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(interaction(PLAIN, "rolled back", "a", null)).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(interaction(PLAIN, "rolled back", "b", null)).get();
      producer.commitTransaction();
    }
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertEquals(Set.of("a", "both"), items(recommend(PLAIN, "rolled back"))));
  }

  /** The broker ends it at its time-out; until then readers wait at it, and no longer. */
  @Tag("F10")
  @Test
  void interaction_inATransactionLeftOpen_neverHappenedAndHoldsUpOthersForItsTimeOut()
      throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "transactional.id",
            "left-open",
            "transaction.timeout.ms",
            1_000);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(interaction(PLAIN, "left open", "a", 1)).get();
    producer.close(Duration.ZERO); // as one that dies: it ends no transaction

    caller.send(interaction(PLAIN, "left open", "b", 1));
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertEquals(Set.of("a", "both"), items(recommend(PLAIN, "left open"))));
  }

  /** A registry that is away ended the process: its exception is no malformed record. */
  @Tag("F12")
  @Test
  void attributes_registryIsAway_areReadAgainInTheirOrder() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    Registry away = new Registry();
    Topic items = PLAIN.items();
    for (byte[] value : List.of(heat("Crime"), OF_SCHEMA_7, heat("Drama"))) {
      caller.send(new ProducerRecord<>(items.name(), utf8("heat"), value));
    }
    try (AttributeUpdater attributes =
        new AttributeUpdater(
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()),
            items,
            away,
            Set.of("genre"),
            new RetryDelays(Duration.ofMillis(1), Duration.ofMillis(10)),
            meters,
            failures::add)) {
      attributes.start();
      await().atMost(TIMEOUT).until(() -> away.asked.get() > 2);
      assertEquals(Optional.of(genre("Crime")), attributes.of(HEAT));
      assertFalse(attributes.isCaughtUp());

      away.answers = true; // that it does not know the schema
      await().atMost(TIMEOUT).until(attributes::isCaughtUp);
      assertEquals(Optional.of(genre("Drama")), attributes.of(HEAT));
      assertEquals(
          1, meters.counter("sidestream.records.skipped", "topic", items.name()).count(), 0);
    }
    assertEquals(List.of(), failures);
  }

  private static Map<String, List<String>> genre(String value) {
    return Map.of("genre", List.of(value));
  }

  private static byte[] heat(String genre) {
    return Codecs.item().encode(new Item(HEAT, "Heat", Map.of(), genre(genre)));
  }

  /** One that is away at first. */
  private static final class Registry implements WriterSchemas {
    private static final long serialVersionUID = 1;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean answers;

    @Override
    public String source() {
      return "a registry";
    }

    @Override
    public Optional<Registered> find(int id) {
      asked.incrementAndGet();
      return answers
          ? Optional.empty()
          : SchemaRegistry.of(URI.create("http://127.0.0.1:1"), Optional.empty(), Optional.empty())
              .withoutWaiting()
              .find(id);
    }
  }

  private static ProducerRecord<byte[], byte[]> interaction(
      Topics topics, String user, String item, Integer partition) {
    Interaction interaction =
        new Interaction(new UserId(user), new ItemId(item), "view", 1, Instant.EPOCH);
    return new ProducerRecord<>(
        topics.interactions().name(),
        partition,
        utf8(user),
        Codecs.interaction().encode(interaction));
  }

  private Reply recommend(Topics topics, String user) throws Exception {
    RecommendationRequest request =
        new RecommendationRequest(
            Optional.of(new UserId(user)), List.of(), 10, true, Set.of(), Optional.empty());
    ConsumerRecord<byte[], byte[]> reply =
        caller.ask(
            new ProducerRecord<>(
                topics.recommendationRequests().name(),
                Codecs.recommendationRequest().encode(request)));
    assertEquals(topics.recommendationResults().name(), reply.topic());
    return Codecs.reply().decode(reply.value());
  }

  private Set<String> search(Topics topics) throws Exception {
    ConsumerRecord<byte[], byte[]> reply = caller.ask(searchRecord(topics));
    assertEquals(topics.searchResults().name(), reply.topic());
    return items(Codecs.reply().decode(reply.value()));
  }

  private static ProducerRecord<byte[], byte[]> searchRecord(Topics topics) {
    return new ProducerRecord<>(
        topics.searchRequests().name(),
        Codecs.searchRequest().encode(new SearchRequest("q", 10, Set.of(), Optional.empty())));
  }

  private static Set<String> items(Reply reply) {
    return Caller.items(reply);
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
