package io.sidestream.index;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.admin.ProcessMetrics;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.index.answering.AnsweringLimits;
import io.sidestream.index.answering.AnswersBegun;
import io.sidestream.index.answering.PromptAnswers;
import io.sidestream.index.answering.PromptConsumer;
import io.sidestream.index.replies.BrokerTime;
import io.sidestream.index.replies.Replies;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.index.replies.TopicProbe;
import io.sidestream.index.requests.PromptStreams;
import io.sidestream.index.serving.Serving;
import io.sidestream.index.serving.TinyGeneration;
import io.sidestream.index.store.StreamsDirectory;
import io.sidestream.model.generator.Task;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.EventTime;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.schemas.kafka.TopicCreator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** Members of one group answer prompts on a real broker: under load, and as they come and go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnsweringOnBrokerTest {
  private static final RequestHeaders NAMES = RequestHeaders.DEFAULT;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String OVERLOADED = Reply.Status.OVERLOADED.name();

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final Map<String, List<String>> statuses = new TreeMap<>(); // by correlation id
  private final AtomicInteger answered = new AtomicInteger();
  private Path directory;
  private EmbeddedBroker broker;
  private Topics topics;
  private int tests;
  private int members;
  private KafkaClients clients;
  private Producer<byte[], byte[]> producer;
  private Consumer<byte[], byte[]> results;
  private SimpleMeterRegistry registry;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    this.directory = directory;
    broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    clients = // which soon notice that others come and go
        new KafkaClients(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "heartbeat.interval.ms", 100),
            new ProcessMetrics());
    producer = clients.producer();
    results = clients.assignedConsumer();
  }

  /** Each test has topics of its own. */
  @BeforeEach
  void createTopics() throws Exception {
    topics =
        Topics.of(
            new Namespace("test-" + ++tests + ".", Namespace.DEFAULT_CATALOGUE),
            TopicPolicy.DEFAULT);
    try (Admin admin = clients.admin()) {
      TopicCreator.create(admin, topics);
    }
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic :
        List.of(topics.searchResults().name(), topics.recommendationResults().name())) {
      results
          .partitionsFor(topic)
          .forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
    }
    results.assign(partitions);
  }

  @AfterEach
  void stopMembers() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    open.clear();
    statuses.clear();
    answered.set(0);
    assertTrue(failures.isEmpty(), failures.toString());
  }

  @AfterAll
  void stop() throws Exception {
    results.close();
    producer.close();
    broker.close();
  }

  /** F16: another member may take its partitions meanwhile; no record is left out. */
  @Tag("F16")
  @Test
  void f16_fullDiskUnderKafkaStreams_leavesAndJoinsAgain() throws Exception {
    AtomicInteger full = new AtomicInteger(2);
    List<String> read = new CopyOnWriteArrayList<>();
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(topics.interactions().name(), Consumed.with(Serdes.ByteArray(), Serdes.String()))
        .foreach(
            (key, value) -> {
              if (full.getAndDecrement() > 0) {
                throw new ProcessorStateException(
                    "flush", new IOException("No space left on device"));
              }
              read.add(value);
            });
    AtomicInteger watched = new AtomicInteger();
    try (PromptStreams streams =
        new PromptStreams(
            StreamsDirectory.at(directory.resolve("full-disk")),
            state -> new KafkaStreams(builder.build(), settings("full-disk", state)),
            made -> {
              watched.incrementAndGet();
              return watched::decrementAndGet;
            },
            new RetryDelays(Duration.ofMillis(10), Duration.ofMillis(20)),
            failures::add)) {
      streams.start();
      producer
          .send(
              new ProducerRecord<>(
                  topics.interactions().name(), "one".getBytes(StandardCharsets.UTF_8)))
          .get();
      await().atMost(TIMEOUT).until(() -> read.equals(List.of("one")));
      assertTrue(streams.isRunning());
    }
    assertEquals(1, watched.get());
  }

  private Properties settings(String application, Path state) {
    return clients.streams(TopicPolicy.DEFAULT, application, state, 1, 0);
  }

  /** Twice: a process that went on elsewhere, and the next one. */
  @Tag("F16")
  @Test
  void f16_storeThatAFullDiskLeftOpen_isRestoredInAnotherDirectory() throws Exception {
    String name = topics.interactions().name();
    StreamsBuilder builder = new StreamsBuilder();
    builder.table(
        name, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()), Materialized.as("kept"));
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    Path first = directory.resolve("left-open");
    Path store = first.resolve("left-open/0_0/rocksdb/kept");
    Files.createDirectories(store);
    for (int process = 0; process < 2; process++) {
      StreamsDirectory places = StreamsDirectory.at(first);
      assertEquals(first, places.path());
      try (Options options = new Options().setCreateIfMissing(true);
          RocksDB held = RocksDB.open(options, store.toString());
          PromptStreams streams =
              new PromptStreams(
                  places,
                  state -> new KafkaStreams(builder.build(), settings("left-open", state)),
                  made -> () -> {},
                  new RetryDelays(Duration.ofMillis(10), Duration.ofMillis(20)),
                  failures::add)) {
        streams.start();
        Path restored = directory.resolve("left-open-1/left-open/0_0/rocksdb/kept/CURRENT");
        await().atMost(TIMEOUT).until(() -> Files.exists(restored) && streams.isRunning());
        assertEquals(List.of(), failures);
        assertTrue(held.isOwningHandle());
      }
    }
  }

  /** L4: each has one reply, refusals come at once, and the other task is answered meanwhile. */
  @Tag("L4")
  @Test
  void prompts_moreThanCanBeAnsweredInTime_areRefusedAtOnce() throws Exception {
    PromptConsumer member = member(1, Duration.ofMillis(200), slow(10));
    assertFalse(refusesEarly(member), "it has no partition yet");
    send("first", search());
    awaitReplies(1);
    assertFalse(refusesEarly(member), "none waits");
    for (int i = 0; i < 300; i++) {
      send("s" + i, search());
    }
    await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(1)).until(() -> refusesEarly(member));
    double early = 1;
    send("r", recommendation());
    awaitReplies(302);

    assertTrue(statuses.values().stream().allMatch(each -> each.size() == 1), "" + statuses);
    long refused = statuses.values().stream().filter(each -> each.contains(OVERLOADED)).count();
    assertTrue(refused > 100 && refused < 300, refused + " refused");
    assertEquals(302 - refused, answered.get());
    assertEquals(List.of("OK"), statuses.get("r"));
    assertEquals(refused + early, replies("search", OVERLOADED));
    assertFalse(refusesEarly(member), "none waits any more");
  }

  /** Whether a search is refused before its prompt is written, which counts as a reply. */
  private static boolean refusesEarly(PromptConsumer member) {
    return member.refusal(Task.SEARCH, null, Instant.now(), Optional.empty()).isPresent();
  }

  /** No prompt is lost, and none is answered twice, where members leave in order. */
  @Tag("F11")
  @Test
  void prompts_membersComeAndGo_areAnsweredOnceEach() throws Exception {
    PromptConsumer first = member(2, LONG, slow(5));
    for (int i = 0; i < 150; i++) {
      send("a" + i, search());
    }
    awaitReplies(1);
    member(2, LONG, slow(5));
    for (int i = 0; i < 100; i++) {
      send("b" + i, search());
    }
    await().atMost(TIMEOUT).until(() -> replies().size() >= 160);
    first.close();
    for (int i = 0; i < 50; i++) {
      send("c" + i, search());
    }
    awaitReplies(300);
    assertTrue(statuses.values().stream().allMatch(List.of("OK")::equals), "" + statuses);
  }

  /** None is lost, and none is answered twice, where ten members come and leave in order. */
  @Tag("F11")
  @Test
  void prompts_stormOfRebalances_areAnsweredOnceEach() throws Exception {
    PromptConsumer member = member(2, LONG, slow(3));
    for (int round = 0; round < 10; round++) {
      PromptConsumer next = member(2, LONG, slow(3));
      for (int prompt = 0; prompt < 30; prompt++) {
        send(round + "-" + prompt, search());
      }
      int most = 30 * round;
      await().atMost(TIMEOUT).until(() -> replies().size() > most);
      member.close();
      member = next;
    }
    awaitReplies(300);
    assertTrue(statuses.values().stream().allMatch(List.of("OK")::equals), "" + statuses);
  }

  /** Its client waits no more, whatever the time of its prompt. */
  @Test
  void prompt_ofARequestOlderThanAllowed_isDroppedAndCounted() throws Exception {
    member(1, LONG, prompt -> false);
    send("first", search()); // its acknowledgement has the brokers' time
    awaitReplies(1);
    send("old", search(), Instant.now().minus(LONG).minus(LONG));
    send("last", search());
    awaitReplies(2);
    assertEquals(Set.of("first", "last"), statuses.keySet());
    assertEquals(
        1,
        registry.counter("sidestream.prompts.expired", "task", "search", "reason", "age").count());
  }

  private Predicate<Prompt> slow(int millis) {
    return prompt -> {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      answered.incrementAndGet();
      return false;
    };
  }

  /** A process of the group. */
  private PromptConsumer member(int workers, Duration maxWait, Predicate<Prompt> answering)
      throws IOException {
    registry = new SimpleMeterRegistry();
    Serving serving = new Serving();
    new TinyGeneration(1, "a").serve(serving, answering);
    Admin admin = clients.admin();
    ReplySender sender =
        new ReplySender(
            clients.producer(),
            clients.namedTopicProducer(),
            new Replies(NAMES, topics, Set.of()),
            TopicProbe.of(admin),
            BrokerTime.unknown(),
            registry);
    PromptConsumer member =
        new PromptConsumer(
            clients.groupConsumer(topics.namespace().answeringGroup("index"), 32),
            sender,
            PromptAnswers.of(serving),
            topics,
            new AnsweringLimits(workers, maxWait, LONG),
            AnswersBegun.open(directory.resolve("begun-" + ++members)),
            System::nanoTime,
            registry,
            () -> true,
            Tracing.OFF,
            failures::add);
    open.addAll(List.of(member, sender, admin));
    member.start();
    return member;
  }

  private double replies(String task, String status) {
    return registry.counter("sidestream.replies", "task", task, "status", status).count();
  }

  private void send(String id, Prompt prompt) throws Exception {
    send(id, prompt, Instant.now());
  }

  private void send(String id, Prompt prompt, Instant requested) {
    ProducerRecord<byte[], byte[]> row =
        new ProducerRecord<>(topics.prompts().name(), Codecs.prompt().encode(prompt));
    row.headers().add(NAMES.correlationId(), id.getBytes(StandardCharsets.UTF_8));
    row.headers().add(EventTime.HEADER, EventTime.value(requested.toEpochMilli()));
    producer.send(row);
  }

  private void awaitReplies(int count) {
    await().atMost(TIMEOUT).until(() -> replies().size() >= count);
  }

  private Map<String, List<String>> replies() {
    for (ConsumerRecord<byte[], byte[]> reply : results.poll(Duration.ofMillis(20))) {
      statuses
          .computeIfAbsent(header(reply, NAMES.correlationId()), any -> new ArrayList<>())
          .add(header(reply, NAMES.status()));
    }
    return statuses;
  }

  private static String header(ConsumerRecord<byte[], byte[]> reply, String name) {
    return new String(reply.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static Prompt search() {
    return new Prompt.ForSearch("q", 3, Set.of(), Optional.empty());
  }

  private static Prompt recommendation() {
    return new Prompt.ForRecommendation(List.of(), true, 3, Set.of(), Optional.empty());
  }
}
