package io.sidestream.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.kafka.GenerationLog;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final RequestHeaders HEADERS = RequestHeaders.DEFAULT;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir static Path directory;
  private static EmbeddedBroker broker;
  private static Connection connection;
  private static Producer<byte[], byte[]> producer;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedBroker.start(directory, 0);
    connection =
        Connection.of(Settings.of(Map.of("kafka.bootstrap.servers", broker.bootstrapServers())));
    try (Admin admin = Brokers.reach(connection)) {
      TopicCreator.create(admin, TOPICS);
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stopBroker() throws Exception {
    producer.close();
    broker.close();
  }

  @Test
  void search_replyWithItsId_isTaken() throws Exception {
    SearchRequest request = new SearchRequest("up", 3, Set.of(), Optional.empty());
    try (var requests = consumer(TOPICS.searchRequests());
        SidestreamClient client =
            SidestreamClient.open(connection, ClientOptions.of(TIMEOUT), CLOCK)) {
      var later = client.searchLater(request);
      ConsumerRecord<byte[], byte[]> sent = next(requests);
      reply(sent, "another client's".getBytes(StandardCharsets.UTF_8), Reply.Status.INVALID);
      reply(sent, HEADERS.correlationIdOf(sent.headers()).orElseThrow(), Reply.Status.NOT_READY);

      assertEquals(request.within(NOW.plus(TIMEOUT)), Codecs.searchRequest().decode(sent.value()));
      assertEquals(Reply.Status.NOT_READY, later.get().status());
      assertEquals(0, client.openRequests());
    }
  }

  @Test
  void search_withoutAReply_isSentAgainWithItsId() throws Exception {
    ClientOptions twice = new ClientOptions(Duration.ofSeconds(3), 2, 1);
    try (var requests = consumer(TOPICS.searchRequests());
        SidestreamClient client = SidestreamClient.open(connection, twice, CLOCK)) {
      var later = client.searchLater(search("again"));
      byte[] id = HEADERS.correlationIdOf(next(requests).headers()).orElseThrow();
      ConsumerRecord<byte[], byte[]> second = next(requests);

      assertArrayEquals(id, HEADERS.correlationIdOf(second.headers()).orElseThrow());
      reply(second, id, Reply.Status.NOT_READY);
      assertEquals(Reply.Status.NOT_READY, later.get().status());
    }
  }

  @Test
  void search_moreThanAreAllowed_isRefusedUnsent() throws Exception {
    ClientOptions one = new ClientOptions(TIMEOUT, 1, 1);
    try (SidestreamClient client = SidestreamClient.open(connection, one, CLOCK)) {
      var first = client.searchLater(search("first"));

      ExecutionException refused =
          assertThrows(ExecutionException.class, () -> client.searchLater(search("second")).get());
      assertInstanceOf(TooManyRequestsException.class, refused.getCause());
      assertEquals(1, client.openRequests());
      assertFalse(first.isDone());
    }
  }

  /** Kafka's own limit is two minutes, for which requests would fill the buffer. */
  @Test
  void send_brokerGoesAway_isDroppedWithItsRequest(@TempDir Path other) throws Exception {
    EmbeddedBroker leaving = EmbeddedBroker.start(other, 0);
    Connection there = Connection.to(leaving.bootstrapServers());
    String topic = TOPICS.searchRequests().name();
    try (Admin admin = Brokers.reach(there)) {
      TopicCreator.create(admin, TOPICS);
    }
    ClientOptions options = ClientOptions.of(Duration.ofSeconds(10));
    try (Producer<byte[], byte[]> sender = SidestreamClient.producer(there, options)) {
      sender.send(new ProducerRecord<>(topic, new byte[1])).get();
      leaving.close();

      var sent = sender.send(new ProducerRecord<>(topic, new byte[1]));

      ExecutionException dropped =
          assertThrows(ExecutionException.class, () -> sent.get(60, TimeUnit.SECONDS));
      assertInstanceOf(TimeoutException.class, dropped.getCause());
    }
  }

  /** Else all attempts of a long request would wait behind one connection that says nothing. */
  @Test
  void producer_longTimeout_givesUpAConnectionBefore() {
    Map<String, Object> brief = SidestreamClient.producer(ClientOptions.of(Duration.ofSeconds(5)));
    assertEquals(5_000, brief.get("request.timeout.ms"));
    assertEquals(5_000, brief.get("delivery.timeout.ms"));

    Map<String, Object> longer = SidestreamClient.producer(ClientOptions.of(Duration.ofMinutes(2)));
    assertEquals(30_000, longer.get("request.timeout.ms"));
    assertEquals(120_000, longer.get("delivery.timeout.ms"));
  }

  @Test
  void close_openRequest_failsIt() {
    SidestreamClient client = SidestreamClient.open(connection, TIMEOUT);
    var later = client.searchLater(search("open"));

    client.close();

    assertTrue(later.isCompletedExceptionally());
  }

  @Test
  void events_sent_areKeyedAsTheTopicsRequire() throws Exception {
    Interaction view = new Interaction(new UserId("\"u\""), new ItemId("i"), "view", 1, NOW);
    Search search = new Search("A  Heist", new ItemId("i"), Optional.empty(), NOW);
    try (var interactions = consumer(TOPICS.interactions());
        var searches = consumer(TOPICS.searches());
        EventSender events = EventSender.open(connection, TIMEOUT)) {
      events.interaction(view).get();
      events.search(search).get();

      var sent = next(interactions);
      assertEquals(view, KeyedRecords.interaction(sent.key(), sent.value(), TOPICS.schemas()));
      assertArrayEquals(bytes("a heist"), next(searches).key());
    }
  }

  @Test
  void search_noIndex_timesOut() {
    try (SidestreamClient client = SidestreamClient.open(connection, Duration.ofSeconds(1))) {
      SearchRequest request = new SearchRequest("up", 3, Set.of(), Optional.empty());

      UserErrorException error =
          assertThrows(UserErrorException.class, () -> client.search(request));
      assertEquals("no reply within 1 s: is an index running at this broker?", error.getMessage());
    }
  }

  @Test
  void require_missingTopic_namesTheCommand() {
    Topic other = Topics.of(new Namespace("", "other"), TopicPolicy.DEFAULT).items();

    UserErrorException error =
        assertThrows(
            UserErrorException.class,
            () -> Brokers.require(connection, Acls.replay(TOPICS, List.of(other))));
    assertTrue(error.getMessage().endsWith("(sidestream topics create)"), error.getMessage());
  }

  @Test
  void titles_newestItem_namesIt() {
    ItemId kept = new ItemId("kept");
    ItemId removed = new ItemId("removed");
    put(kept, "Old");
    put(kept, "New");
    put(removed, "Gone");
    put(new ItemId("not requested"), "Other");
    producer.send(new ProducerRecord<>(TOPICS.items().name(), bytes("removed"), null));
    producer.flush();

    assertEquals(Map.of(kept, "New"), Titles.read(connection, Set.of(kept, removed)));
  }

  @Test
  void generations_rollback_servesTheOneBefore() throws Exception {
    Generations generations = new Generations(connection);
    assertThrows(UserErrorException.class, () -> generations.rollback(GenerationsTest.AUTHOR));
    GenerationLog.announce(producer, TOPICS.generations(), GenerationsTest.live(1));
    GenerationLog.announce(producer, TOPICS.generations(), GenerationsTest.live(2));

    generations.rollback(GenerationsTest.AUTHOR);

    assertEquals(
        Optional.of(new Generation(1)),
        generations.history().serving().map(GenerationAnnouncement::generation));
    UserErrorException error =
        assertThrows(UserErrorException.class, () -> generations.rollback(GenerationsTest.AUTHOR));
    assertTrue(error.getMessage().contains("generation 1 is the only live one"));
  }

  @Test
  void retrain_manual_namesTheCorpusUpToNow() {
    try (var tail = Tail.fromEnd(connection, TOPICS.trainingRequests(), Codecs.trainingRequest())) {
      TrainingRequest sent = new Generations(connection).retrain(Instant.EPOCH);

      assertEquals(List.of(sent), tail.next(TIMEOUT));
      assertEquals(TrainingRequest.Reason.BY_HAND, sent.reason());
      assertTrue(sent.corpus().ends().containsKey(TOPICS.pairCounts().name()));
    }
  }

  private static SearchRequest search(String query) {
    return new SearchRequest(query, 3, Set.of(), Optional.empty());
  }

  private static void put(ItemId id, String title) {
    byte[] value = Codecs.item().encode(new Item(id, title, Map.of(), Map.of()));
    producer.send(new ProducerRecord<>(TOPICS.items().name(), bytes(id.value()), value));
  }

  private static void reply(ConsumerRecord<byte[], byte[]> sent, byte[] id, Reply.Status status) {
    String topic = HEADERS.replyTopicOf(sent.headers()).orElseThrow();
    int partition = HEADERS.replyPartitionOf(sent.headers()).orElseThrow();
    Reply reply = new Reply(status, "for the test", Optional.empty(), List.of());
    var record = new ProducerRecord<>(topic, partition, sent.key(), Codecs.reply().encode(reply));
    record.headers().add(HEADERS.correlationId(), id);
    producer.send(record);
    producer.flush();
  }

  /** Reads a topic from its end. */
  private static KafkaConsumer<byte[], byte[]> consumer(Topic topic) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  private static ConsumerRecord<byte[], byte[]> next(KafkaConsumer<byte[], byte[]> consumer) {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (System.nanoTime() < end) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
      if (!records.isEmpty()) {
        return records.iterator().next();
      }
    }
    throw new AssertionError("no record came");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
