package io.sidestream.index;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.admin.AdminConfig;
import io.sidestream.admin.tracing.TracingConfig;
import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.clients.spring.SidestreamException;
import io.sidestream.index.answering.AnsweringLimits;
import io.sidestream.index.requests.HistoryRule;
import io.sidestream.index.serving.LoadedGeneration;
import io.sidestream.index.serving.TinyGeneration;
import io.sidestream.index.testing.TestingSettings;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.ranking.Clicks;
import io.sidestream.model.ranking.ListSettings;
import io.sidestream.model.ranking.Neighbours;
import io.sidestream.model.ranking.QueryReading;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.schemas.Arm;
import io.sidestream.schemas.Comparison;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Rollout;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Selection;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.EventTime;
import io.sidestream.schemas.kafka.GenerationLog;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.pairs.ClickedItems;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Neighbour;
import io.sidestream.schemas.pairs.WindowLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole process over a real broker; generations without models, in the order of a life. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IndexApplicationTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final RequestHeaders NAMES = RequestHeaders.DEFAULT;
  private static final int SLOW_K = 77;
  private static final Duration SLOW = Duration.ofMillis(300);
  private static final String MY_REPLIES = "my-replies";

  /** Allowed by the settings, and no topic. */
  private static final String MISSING_REPLIES = "missing-replies";

  private final TinyGeneration first = new TinyGeneration(1, "a", "b");
  private final TinyGeneration second = new TinyGeneration(2, "a", "b", "c");
  private final TinyGeneration third = new TinyGeneration(3, "a", "b", "c", "d");
  private Path directory;
  private EmbeddedBroker broker;
  private IndexApplication application;
  private Neighbours neighbours;
  private Clicks clicks;
  private Caller caller;

  @BeforeAll
  void start(@TempDir Path fresh) throws Exception {
    directory = fresh;
    broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      TopicCreator.create(admin, TOPICS);
      admin.createTopics(List.of(new NewTopic(MY_REPLIES, 3, (short) 1))).all().get();
    }
    caller =
        new Caller(
            broker.bootstrapServers(),
            NAMES,
            List.of(
                TOPICS.searchResults().name(), TOPICS.recommendationResults().name(), MY_REPLIES));
    startApplication();
  }

  private void startApplication() throws Exception {
    application =
        IndexApplication.start(
            config(),
            (store, opened) -> {
              neighbours = opened.neighbours();
              clicks = opened.clicks();
              return announced -> {
                int number = (int) announced.generation().number();
                return slowed(List.of(first, second, third).get(number - 1).load(store));
              };
            });
  }

  /** Takes its time where a request asks for one number of items. */
  private static LoadedGeneration slowed(LoadedGeneration loaded) {
    return new LoadedGeneration(
        loaded.generation(),
        loaded.natives(),
        loaded.catalogue(),
        (prompt, catalogue) -> {
          if (prompt.k() == SLOW_K) {
            LockSupport.parkNanos(SLOW.toNanos());
          }
          return loaded.answering().apply(prompt, catalogue);
        });
  }

  private IndexConfig config() {
    return new IndexConfig(
        Map.of("bootstrap.servers", broker.bootstrapServers()),
        BundleStoreConfig.directory(directory.resolve("generations")),
        directory.resolve("index"),
        "test-index",
        new AdminConfig("127.0.0.1", 0),
        TracingConfig.OFF,
        new AnsweringLimits(2, Duration.ofSeconds(1), Duration.ofMinutes(10)),
        16,
        Device.CPU,
        1,
        1,
        1,
        HistoryRule.of(new WindowLimits(20, Duration.ofDays(1))),
        Duration.ofHours(1),
        new TestingSettings(1, 100),
        10,
        QueryReading.AS_MEANT,
        10,
        1_000,
        new ListSettings(0, 1, 1_000),
        Duration.ofMillis(20),
        Duration.ofSeconds(10),
        Set.of(MY_REPLIES, MISSING_REPLIES),
        Set.of("genre"),
        NAMES,
        TOPICS,
        Duration.ofSeconds(30));
  }

  @AfterAll
  void stop() throws Exception {
    application.close();
    caller.close();
    broker.close();
  }

  @Test
  @Order(0)
  void request_noGeneration_isNotReady() throws Exception {
    Reply reply = reply(search("q"));
    assertEquals(Reply.Status.NOT_READY, reply.status());
    assertEquals(503, get("/health/ready").statusCode());
    assertEquals(503, get("/health/started").statusCode());
    assertEquals(200, get("/health/live").statusCode());
    assertEquals(503, get("/items/a").statusCode());
  }

  @Test
  @Order(1)
  void announced_live_makesReady() throws Exception {
    announce(first, GenerationState.CANDIDATE);
    announce(first, GenerationState.LIVE);
    await().atMost(Duration.ofSeconds(20)).until(application::isReady);
    assertEquals(Optional.of(new Generation(1)), application.servingGeneration());
    assertEquals(200, get("/health/ready").statusCode());
    assertEquals(200, get("/health/started").statusCode());
  }

  /** The first of the process: nothing is known of their times, and workers refuse. */
  @Test
  @Order(2)
  void requests_ofSpringWhileTooManyWait_failWithASentence() throws Exception {
    String slow = "{\"history\": [\"a\"], \"k\": %d}".formatted(SLOW_K);
    try (SpringCaller spring = new SpringCaller(broker.bootstrapServers())) {
      assertTrue(spring.queries().recommend(slow).get().contains("\"status\":\"OK\""));
      List<CompletableFuture<String>> burst =
          Stream.generate(() -> spring.queries().recommend(slow)).limit(20).toList();
      List<Throwable> refusals =
          burst.stream()
              .map(reply -> reply.handle((value, failure) -> Optional.ofNullable(failure)).join())
              .flatMap(Optional::stream)
              .toList();
      assertTrue(
          !refusals.isEmpty() && refusals.size() < burst.size(), refusals.size() + " refused");
      for (Throwable refusal : refusals) {
        assertEquals(
            "more requests wait than can be answered in time, retry later",
            assertInstanceOf(SidestreamException.class, refusal.getCause()).getMessage());
      }
    }
  }

  @Test
  @Order(3)
  void neighbours_recordsAndTombstones_areServedAndMeasured() throws Exception {
    ItemNeighbours of =
        new ItemNeighbours(2_000_000, 0, List.of(new Neighbour(new ItemId("b"), 1_900_000)));
    neighbour("a", Codecs.itemNeighbours().encode(of));
    neighbour("gone", Codecs.itemNeighbours().encode(of));
    neighbour("gone", null);
    neighbour("bad", utf8("no neighbours"));
    neighbour("b", Codecs.itemNeighbours().encode(new ItemNeighbours(0, 1_900_000, List.of())));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> neighbours.incoming(new ItemId("b")) == 1_900_000);
    await().atMost(Duration.ofSeconds(20)).until(() -> of.equals(neighbours.of(new ItemId("a"))));

    assertEquals(Set.of(new ItemId("b")), neighbours.scores(List.of(new ItemId("a"))).keySet());
    await().atMost(Duration.ofSeconds(20)).until(() -> neighbours.of(new ItemId("gone")).isEmpty());
    String metrics = get("/metrics").body();
    assertTrue(metrics.contains("sidestream_neighbours_served_seconds_count"), metrics);
  }

  @Test
  @Order(3)
  void clicks_recordsAndTombstones_areServedAndMeasured() throws Exception {
    ClickedItems of = ClickedItems.of(Map.of(new ItemId("b"), 3L));
    counted(TOPICS.clickedItems(), "a heist", Codecs.clickedItems().encode(of));
    counted(TOPICS.clickedItems(), "gone", Codecs.clickedItems().encode(of));
    counted(TOPICS.clickedItems(), "gone", null);
    counted(TOPICS.clickedItems(), "bad", utf8("no clicks"));
    await().atMost(Duration.ofSeconds(20)).until(() -> of.equals(clicks.of("a heist")));
    await().atMost(Duration.ofSeconds(20)).until(() -> clicks.of("gone").isEmpty());

    assertTrue(clicks.of("bad").isEmpty());
    String metrics = get("/metrics").body();
    assertTrue(metrics.contains("sidestream_clicks_served_seconds_count"), metrics);
    assertTrue(
        metrics.contains("sidestream_records_skipped_total{topic=\"clicked-items\"} 1.0"), metrics);
  }

  private void neighbour(String item, byte[] value) throws Exception {
    counted(TOPICS.itemNeighbours(), item, value);
  }

  private void counted(Topic topic, String key, byte[] value) throws Exception {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic.name(), utf8(key), value);
    record.headers().add(EventTime.HEADER, EventTime.value(1));
    caller.send(record);
  }

  @Test
  @Order(3)
  void search_request_isRepliedToUnderItsKeyAndCorrelationId() throws Exception {
    byte[] correlation = {0, -128, 127, 10, -1};
    ConsumerRecord<byte[], byte[]> record =
        caller.ask(
            new ProducerRecord<>(
                TOPICS.searchRequests().name(), null, utf8("my key"), request("anything")),
            correlation);
    assertArrayEquals(utf8("my key"), record.key());
    assertArrayEquals(correlation, value(record, NAMES.correlationId()));
    assertEquals("OK", text(record, NAMES.status()));
    assertEquals("1", text(record, NAMES.generation()));
    assertEquals(Set.of("a", "b"), Caller.items(reply(record)));
    assertEquals(TOPICS.searchResults().name(), record.topic());
  }

  @Test
  @Order(3)
  void search_replyTopicAndPartition_areFollowedWhereAllowed() throws Exception {
    ProducerRecord<byte[], byte[]> allowed = searchRecord("q");
    allowed.headers().add(NAMES.replyTopic(), utf8(MY_REPLIES));
    allowed.headers().add(NAMES.replyPartition(), ByteBuffer.allocate(4).putInt(2).array());
    ConsumerRecord<byte[], byte[]> there = caller.ask(allowed);
    assertEquals(MY_REPLIES, there.topic());
    assertEquals(2, there.partition());

    ProducerRecord<byte[], byte[]> absent = searchRecord("q");
    absent.headers().add(NAMES.replyTopic(), utf8(MY_REPLIES));
    absent.headers().add(NAMES.replyPartition(), ByteBuffer.allocate(4).putInt(99).array());
    assertEquals(MY_REPLIES, caller.ask(absent).topic());

    ProducerRecord<byte[], byte[]> forbidden = searchRecord("q");
    forbidden.headers().add(NAMES.replyTopic(), utf8(TOPICS.items().name()));
    assertEquals(TOPICS.searchResults().name(), caller.ask(forbidden).topic());
  }

  /** B19: it once ended the process, and every start of it. */
  @Tag("B19")
  @Test
  @Order(3)
  void request_replyTopicMissing_isRepliedToOnTheResultTopicAndCounted() throws Exception {
    for (byte[] value : List.of(request("q"), new byte[] {1, 2})) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(TOPICS.searchRequests().name(), value);
      record.headers().add(NAMES.replyTopic(), utf8(MISSING_REPLIES));
      assertEquals(TOPICS.searchResults().name(), caller.ask(record).topic());
    }
    assertEquals(Reply.Status.OK, reply(search("q")).status());
    assertTrue(
        get("/metrics")
            .body()
            .contains("sidestream_replies_redirected_total{reason=\"not_writable\"} 2.0"));
    assertEquals(200, get("/health/live").statusCode());
  }

  @Test
  @Order(3)
  void request_poison_isAnsweredInvalidAndOthersGoOn() throws Exception {
    ConsumerRecord<byte[], byte[]> record =
        caller.ask(
            new ProducerRecord<>(
                TOPICS.recommendationRequests().name(), null, utf8("k"), new byte[] {1, 2}));
    assertEquals("INVALID", text(record, NAMES.status()));
    assertEquals(Reply.Status.INVALID, reply(record).status());
    assertEquals(Reply.Status.OK, reply(search("q")).status());
    assertEquals(Reply.Status.OK, reply(search("")).status());
  }

  /** With the reasons it is larger than what it came as could be. */
  @Test
  @Order(3)
  void request_poisonAsLargeAsARecordMayBe_isAnsweredInvalidAndOthersGoOn() throws Exception {
    ConsumerRecord<byte[], byte[]> record =
        caller.ask(
            new ProducerRecord<>(TOPICS.searchRequests().name(), utf8("k"), new byte[1_048_000]));
    assertEquals("INVALID", text(record, NAMES.status()));
    assertEquals(Reply.Status.OK, reply(search("q")).status());
  }

  @Test
  @Order(3)
  void recommendation_interactionGivenAMomentAgo_isSeen() throws Exception {
    caller.send(
        new ProducerRecord<>(
            TOPICS.interactions().name(),
            utf8("u1"),
            Codecs.interaction()
                .encode(
                    new Interaction(new UserId("u1"), new ItemId("a"), "view", 1, Instant.EPOCH))));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertEquals(Set.of("b"), Caller.items(recommend("u1"))));
    assertEquals(Set.of("a", "b"), Caller.items(recommend("stranger")));
  }

  /** The events of other tests are of 1970, and do not trend. */
  @Test
  @Order(3)
  void trending_itemThatGetsEventsNow_leadsAndFallsBehind() throws Exception {
    assertEquals(List.of(), trending());
    Instant now = Instant.now();
    view("t1", "b", now);
    view("t2", "b", now);
    view("t3", "a", now);
    await().atMost(Duration.ofSeconds(10)).until(() -> trending().equals(List.of("b", "a")));
    view("t4", "a", now);
    view("t5", "a", now.plusSeconds(86_400));
    await().atMost(Duration.ofSeconds(10)).until(() -> trending().equals(List.of("a", "b")));
    assertTrue(get("/metrics").body().contains("sidestream_trending_items 2.0"));
  }

  private void view(String user, String item, Instant at) throws Exception {
    Interaction event = new Interaction(new UserId(user), new ItemId(item), "view", 1, at);
    caller.send(
        new ProducerRecord<>(
            TOPICS.interactions().name(), utf8(user), Codecs.interaction().encode(event)));
  }

  private List<String> trending() throws Exception {
    Reply reply =
        reply(
            caller.ask(
                new ProducerRecord<>(
                    TOPICS.recommendationRequests().name(),
                    Codecs.recommendationRequest().encode(RecommendationRequest.trending(5)))));
    assertEquals(Reply.Status.OK, reply.status());
    return reply.items().stream().map(item -> item.item().value()).toList();
  }

  @Tag("L5")
  @Test
  @Order(3)
  void request_pastItsDeadline_isDroppedAndCounted() throws Exception {
    byte[] value =
        Codecs.searchRequest()
            .encode(new SearchRequest("q", 5, Set.of(), Optional.of(Instant.EPOCH)));
    caller.send(new ProducerRecord<>(TOPICS.searchRequests().name(), value));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                get("/metrics")
                    .body()
                    .contains(
                        "sidestream_requests_total{outcome=\"expired\",task=\"search\"} 1.0"));
  }

  @Tag("B8")
  @Test
  @Order(4)
  void codedItem_placedThenRemoved_comesAndGoes() throws Exception {
    coded("new", first);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Caller.items(reply(search("q"))).contains("new"));
    assertTrue(get("/items/new").body().contains("\"id\":\"1:7-2\""), "id of the new item");
    assertTrue(get("/ids/1:7-2").body().contains("\"new\""));
    assertEquals(404, get("/ids/1:9-9").statusCode());
    assertEquals(400, get("/ids/nonsense").statusCode());
    caller.send(new ProducerRecord<>(TOPICS.codedItems().name(), utf8("1/new"), null));
    caller.send(new ProducerRecord<>(TOPICS.codedItems().name(), utf8("1/a"), null));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Caller.items(reply(search("q"))).equals(Set.of("b")));
  }

  @Test
  @Order(5)
  void restart_resumesWhereItWas() throws Exception {
    application.close();
    assertEquals(1, first.closed());
    first.reopen();
    startApplication();
    await().atMost(Duration.ofSeconds(20)).until(application::isReady);
    assertEquals(Set.of("b"), Caller.items(reply(search("q"))));
    assertEquals(Set.of("b"), Caller.items(recommend("u2")));
  }

  @Tag("M12")
  /** What the user has seen is not recommended, and the item that was removed stays so. */
  @Tag("F20")
  @Test
  @Order(5)
  void restart_stateDeleted_isRebuiltFromBundleAndTopics() throws Exception {
    caller.send(
        new ProducerRecord<>(
            TOPICS.interactions().name(),
            utf8("u9"),
            Codecs.interaction()
                .encode(
                    new Interaction(new UserId("u9"), new ItemId("b"), "view", 1, Instant.EPOCH))));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Caller.items(recommend("u9")).equals(Set.of()));
    String item = get("/items/b").body();
    application.close();
    first.reopen();
    Files.move(directory.resolve("index"), directory.resolve("deleted"));
    startApplication();
    await().atMost(Duration.ofSeconds(20)).until(application::isReady);
    assertEquals(Set.of("b"), Caller.items(reply(search("q"))));
    assertEquals(Set.of(), Caller.items(recommend("u9")));
    assertEquals(item, get("/items/b").body());
  }

  @Test
  @Order(6)
  void swapAndRollback_underRequests_failNoneAndMixNone() throws Exception {
    announce(second, GenerationState.LIVE);
    int[] seen = new int[3];
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              Reply reply = reply(search("q"));
              assertEquals(Reply.Status.OK, reply.status());
              seen[(int) reply.generation().orElseThrow().number()]++;
              return seen[2] > 5;
            });
    assertEquals(Set.of("a", "b", "c"), Caller.items(reply(search("q"))));
    namedGenerationsAnswer();
    comparedGenerationsAnswerTheirUsers();
    announce(first, GenerationState.LIVE);
    announce(second, GenerationState.RETIRED);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> reply(search("q")).generation().equals(Optional.of(new Generation(1))));
    assertEquals(0, first.closed());
    await().atMost(Duration.ofSeconds(5)).until(() -> second.closed() == 1);
    assertTrue(get("/generations").body().contains("\"role\":\"serving\""));
    assertFalse(get("/generations").body().contains("\"role\":\"refused\""));
  }

  /** The live one and the one before; its items are as new as those of the live one. */
  private void namedGenerationsAnswer() throws Exception {
    coded("later", first);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Caller.items(reply(search("q", 1))).equals(Set.of("b", "later")));
    caller.send(new ProducerRecord<>(TOPICS.codedItems().name(), utf8("1/later"), null));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Caller.items(reply(search("q", 1))).equals(Set.of("b")));
    assertEquals(Optional.of(new Generation(1)), reply(search("q", 1)).generation());
    assertEquals(Set.of("a", "b", "c"), Caller.items(reply(search("q", 2))));
    ConsumerRecord<byte[], byte[]> refused = search("q", 9);
    assertEquals(Reply.Status.INVALID, reply(refused).status());
    assertEquals(
        "generation 9 is not open, expected one of: 1, 2 (live)", text(refused, NAMES.error()));
    assertEquals(Set.of(), Caller.items(reply(refused)));
  }

  /** The same user gets the same one, in search and in recommendation, and after a restart. */
  private void comparedGenerationsAnswerTheirUsers() throws Exception {
    caller.send(
        GenerationLog.toRecord(
            TOPICS.generations(),
            third.announced(GenerationState.CANDIDATE).with(Rollout.NONE.sharing(0.5))));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get("/metrics").body().contains("sidestream_candidate_generation 3.0"));
    for (int restarts = 0; restarts < 2; restarts++) {
      Set<Arm> seen = new HashSet<>();
      for (int i = 0; i < 12; i++) {
        UserId user = new UserId("compared-" + i);
        Arm arm = new Comparison(new Generation(3), 0.5).armOf(Comparison.unit(utf8(user.value())));
        ConsumerRecord<byte[], byte[]> found = searchOf(user);
        assertEquals(Optional.of(arm), reply(found).arm());
        assertEquals(arm.label(), text(found, NAMES.arm()));
        assertEquals(arm == Arm.LIVE ? 2 : 3, reply(found).generation().orElseThrow().number());
        assertEquals(
            arm == Arm.LIVE ? Set.of("a", "b", "c") : Set.of("a", "b", "c", "d"),
            Caller.items(reply(found)));
        assertEquals(Optional.of(arm), recommend(user.value()).arm());
        seen.add(arm);
      }
      assertEquals(Set.of(Arm.LIVE, Arm.CANDIDATE), seen);
      assertEquals(Optional.empty(), reply(search("q", 3)).arm(), "it names its generation");
      if (restarts == 0) {
        restart();
      }
    }
    assertTrue(get("/metrics").body().contains("sidestream_arm_replies_total{arm=\"candidate\""));
    springSeesItsArm();
    assertEquals(0, MetricsPage.restored(application), "its disk has the histories");
    requestsAndEventsTestBoth();
    announce(third, GenerationState.RETIRED);
    await().atMost(Duration.ofSeconds(5)).until(() -> third.closed() == 1);
    assertEquals(Optional.empty(), reply(search("q")).arm());
  }

  /** In the value of each reply to its template. */
  private void springSeesItsArm() throws Exception {
    Comparison comparison = new Comparison(new Generation(3), 0.5);
    try (SpringCaller spring = new SpringCaller(broker.bootstrapServers())) {
      for (int i = 0; i < 6; i++) {
        String user = "compared-" + i;
        String request = "{\"user\": \"%s\", \"query\": \"q\", \"k\": 4}".formatted(user);
        String arm = comparison.armOf(Comparison.unit(utf8(user))).label();
        String reply = spring.queries().search(request).get();
        assertTrue(reply.contains("\"arm\":\"%s\"".formatted(arm)), reply);
      }
    }
  }

  /** Of the four items of the candidate the live one has three. */
  private void requestsAndEventsTestBoth() throws Exception {
    awaitMetric( // the group reads from where it began
        "sidestream_shadow_answer_duration_seconds_count{arm=\"candidate\",task=\"search\"}",
        () -> caller.ask(searchRecord("q")));
    awaitMetric(
        "sidestream_prequential_tests_total"
            + "{arm=\"candidate\",outcome=\"hit\",task=\"recommendation\"}",
        () -> { // too old, where it took long
          String user = UUID.randomUUID().toString();
          view(user, "a", Instant.now());
          view(user, "d", Instant.now());
        });
    awaitMetric(
        "sidestream_prequential_tests_total{arm=\"live\",outcome=\"unknown_item\",task=\"search\"}",
        () ->
            caller.send(
                new ProducerRecord<>(
                    TOPICS.searches().name(),
                    Codecs.search()
                        .encode(
                            new Search("q", new ItemId("d"), Optional.empty(), Instant.now())))));
    String metrics = get("/metrics").body();
    double overlaps =
        MetricsPage.value(metrics, "sidestream_shadow_overlap_ratio_sum{task=\"search\"}");
    double requests =
        MetricsPage.value(metrics, "sidestream_shadow_overlap_ratio_count{task=\"search\"}");
    assertEquals(0.75, overlaps / requests, 1e-9);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> caller.count(TOPICS.generationTests()) > requests);
  }

  private interface Act {
    void run() throws Exception;
  }

  /** Acts until a counter is not 0 any more. */
  private void awaitMetric(String counter, Act act) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              act.run();
              return MetricsPage.value(get("/metrics").body(), counter) > 0;
            });
  }

  private void restart() throws Exception {
    application.close();
    for (TinyGeneration generation : List.of(first, second, third)) {
      generation.reopen();
    }
    startApplication();
    await().atMost(Duration.ofSeconds(20)).until(application::isReady);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get("/metrics").body().contains("sidestream_candidate_generation 3.0"));
  }

  private ConsumerRecord<byte[], byte[]> searchOf(UserId user) throws Exception {
    SearchRequest request =
        new SearchRequest(
            "q", 10, Set.of(), Optional.empty(), false, Selection.ALL, Optional.of(user));
    return caller.ask(
        new ProducerRecord<>(
            TOPICS.searchRequests().name(), Codecs.searchRequest().encode(request)));
  }

  @Test
  @Order(7)
  void replies_oneAfterAnother_takeMilliseconds() throws Exception {
    long[] micros = new long[200];
    for (int i = 0; i < micros.length; i++) {
      long start = System.nanoTime();
      caller.ask(searchRecord("q"));
      micros[i] = (System.nanoTime() - start) / 1_000;
    }
    java.util.Arrays.sort(micros);
    System.out.printf(
        "search round trip without a model: p50 %d us, p99 %d us%n", micros[100], micros[198]);
  }

  private void announce(TinyGeneration generation, GenerationState state) throws Exception {
    caller.send(
        new ProducerRecord<>(
            TOPICS.generations().name(),
            utf8(generation.announced(state).generation().toString()),
            Codecs.generationAnnouncement().encode(generation.announced(state))));
  }

  private void coded(String item, TinyGeneration generation) throws Exception {
    caller.send(
        new ProducerRecord<>(
            TOPICS.codedItems().name(),
            utf8("1/" + item),
            Codecs.codedItem().encode(generation.coded(item, 7))));
  }

  private Reply recommend(String user) throws Exception {
    RecommendationRequest request =
        new RecommendationRequest(
            Optional.of(new UserId(user)), List.of(), 10, true, Set.of(), Optional.empty());
    return reply(
        caller.ask(
            new ProducerRecord<>(
                TOPICS.recommendationRequests().name(),
                Codecs.recommendationRequest().encode(request))));
  }

  private ConsumerRecord<byte[], byte[]> search(String query) throws Exception {
    return caller.ask(searchRecord(query));
  }

  /** Asks one generation. */
  private ConsumerRecord<byte[], byte[]> search(String query, long generation) throws Exception {
    SearchRequest request =
        new SearchRequest(
            query,
            10,
            Set.of(),
            Optional.empty(),
            false,
            Selection.ALL.by(Optional.of(new Generation(generation))));
    return caller.ask(
        new ProducerRecord<>(
            TOPICS.searchRequests().name(), Codecs.searchRequest().encode(request)));
  }

  private static ProducerRecord<byte[], byte[]> searchRecord(String query) {
    return new ProducerRecord<>(
        TOPICS.searchRequests().name(), utf8(UUID.randomUUID().toString()), request(query));
  }

  private static byte[] request(String query) {
    return Codecs.searchRequest().encode(new SearchRequest(query, 10, Set.of(), Optional.empty()));
  }

  private static Reply reply(ConsumerRecord<byte[], byte[]> record) throws Exception {
    return Codecs.reply().decode(record.value());
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + application.adminPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] value(ConsumerRecord<byte[], byte[]> record, String header) {
    Header found = record.headers().lastHeader(header);
    return found == null ? new byte[0] : found.value();
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    return new String(value(record, header), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
