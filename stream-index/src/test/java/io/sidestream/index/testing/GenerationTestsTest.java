package io.sidestream.index.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.index.serving.Serving;
import io.sidestream.index.serving.TinyGeneration;
import io.sidestream.schemas.Arm;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.GenerationTest.Outcome;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Selection;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Generations that answer with the first thirty of forty items that a user does not know. */
class GenerationTestsTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final TopicPartition SEARCHES = new TopicPartition(TOPICS.searches().name(), 0);
  private static final TopicPartition PROMPTS = new TopicPartition(TOPICS.prompts().name(), 0);
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final TestingSettings HALF = new TestingSettings(0.5, 1_000);
  private static final String[] ITEMS = items(0, 40);
  private static final Prompt PROMPT =
      new Prompt.ForRecommendation(List.of(item(40)), true, 30, Set.of(), Optional.empty());
  private static final Prompt HISTORY =
      new Prompt.ForRecommendation(List.of(item(0)), true, 30, Set.of(item(0)), Optional.empty());
  private static final Selection BY_NUMBER = Selection.ALL.by(Optional.of(new Generation(7)));
  private static final String HIT = "hit";
  private static final String MISS = "miss";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Serving serving = new Serving();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final MockConsumer<byte[], byte[]> records = new MockConsumer<>("latest");
  private final MockProducer<byte[], byte[]> results =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private Optional<GenerationTests> tests = Optional.empty();
  private long offset;

  @AfterEach
  void stop() {
    tests.ifPresent(GenerationTests::close);
    assertNull(failure.get());
  }

  /** Half of the users are followed; every third of these meets an item that is not found. */
  @Test
  void interactions_ofFollowedUsers_giveTheRecallOfTheGenerationThatServes() {
    serve(7, prompt -> false);
    GenerationTests started = start(HALF);
    int hits = 0;
    int misses = 0;
    for (int user = 0; user < 300; user++) {
      if (started.follows("u" + user)) {
        boolean found = user % 3 > 0;
        started.met(HISTORY, item(found ? 30 : 31), NOW);
        started.met(HISTORY, item(5), NOW.minus(GenerationTests.MAX_AGE).minusMillis(1)); // too old
        hits += found ? 1 : 0;
        misses += found ? 0 : 1;
      }
    }
    started.met(HISTORY, new ItemId("of a later generation"), NOW);
    int tested = hits + misses;
    await("recommendation", HIT, hits);
    await("recommendation", MISS, misses);
    await("recommendation", "unknown_item", 1);
    assertTrue(tested > 120 && tested < 180, tested + " of 300 users are followed");
    assertEquals(tested, skipped("recommendation", "late"));
    assertEquals(hits / (double) tested, recall("recommendation", 7), 1e-9);
  }

  @Test
  void searches_asTheyCome_areTestedAndAFailedAnswerIsCounted() {
    serve(7, prompt -> prompt.fold(search -> search.query().equals("poison"), history -> false));
    start(new TestingSettings(1, 1_000));
    search(Optional.of(new UserId("u1")), "poison", item(1));
    for (int i = 0; i < RecallWindow.LEAST; i++) {
      search(Optional.empty(), "query " + i, item(i < 20 ? 29 : 30));
    }
    await("search", HIT, 20);
    await("search", MISS, RecallWindow.LEAST - 20);
    assertEquals(0.4, recall("search", 7), 1e-9);
    assertEquals(
        1,
        registry
            .counter("sidestream.generation.tests.failed", "task", "search", "arm", "live")
            .count());
    assertEquals(RecallWindow.LEAST, results.history().size(), "a failed answer is no result");
  }

  /** The candidate has ten items more, and not the first ten: of 30 answers 20 are in both. */
  @Test
  void searchesAndRequests_besideACandidate_areAnsweredByBothAndWritten() throws Exception {
    start(new TestingSettings(1, 1_000));
    new TinyGeneration(7, ITEMS).serve(serving, new TinyGeneration(8, items(10, 50)));
    assign(SEARCHES, PROMPTS);
    search(Optional.empty(), "query", item(35));
    search(Optional.empty(), "query", item(45));
    await("search", Arm.LIVE, MISS, 1);
    await("search", Arm.LIVE, "unknown_item", 1);
    await("search", Arm.CANDIDATE, HIT, 1);
    await("search", Arm.CANDIDATE, MISS, 1);
    prompt(0, PROMPT);
    prompt(1, new Prompt.ForSearch("q", 30, Set.of(), Optional.empty(), false, BY_NUMBER));
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> results.history().size() == 3);

    GenerationTest event = Codecs.generationTest().decode(results.history().get(0).value());
    assertEquals(
        List.of(Outcome.MISS, Outcome.HIT),
        event.answers().stream().map(GenerationTest.GivenAnswer::outcome).toList());
    GenerationTest request = Codecs.generationTest().decode(results.history().get(2).value());
    assertEquals(GenerationTest.Task.RECOMMENDATION, request.task());
    assertEquals(item(0), request.answers().get(0).items().get(0));
    assertEquals(item(10), request.answers().get(1).items().get(0));
    DistributionSummary overlap =
        registry.get("sidestream.shadow.overlap.ratio").tag("task", "recommendation").summary();
    assertEquals(20 / 30.0, overlap.mean(), 1e-9);
    assertEquals(1, overlap.count());
    for (Arm arm : Arm.values()) {
      Timer took =
          registry
              .get("sidestream.shadow.answer.duration")
              .tags("task", "recommendation", "arm", arm.label())
              .timer();
      assertEquals(1, took.count());
    }
  }

  /** The one before has the last ten items too, and does not answer requests again. */
  @Test
  void searches_afterAnotherGeneration_areAnsweredByBothAndWritten() throws Exception {
    start(new TestingSettings(1, 1_000));
    new TinyGeneration(8, ITEMS).serveAfter(serving, new TinyGeneration(7, items(10, 50)));
    search(Optional.empty(), "query", item(35));
    await("search", Arm.LIVE.label(), MISS, 1);
    await("search", "former", HIT, 1);
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> results.history().size() == 1);
    GenerationTest event = Codecs.generationTest().decode(results.history().get(0).value());
    assertEquals(
        List.of(new Generation(8), new Generation(7)),
        event.answers().stream().map(GenerationTest.GivenAnswer::generation).toList());
  }

  /** What breaks while a candidate is tried is seen: the one before answers the event as well. */
  @Test
  void searchesAndRequests_besideACandidateAndTheOneBefore_eventsAreAnsweredByAll()
      throws Exception {
    start(new TestingSettings(1, 1_000));
    new TinyGeneration(8, ITEMS)
        .serve(serving, new TinyGeneration(9, ITEMS), new TinyGeneration(7, items(10, 50)));
    assign(SEARCHES, PROMPTS);
    search(Optional.empty(), "query", item(35));
    prompt(0, PROMPT);
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> results.history().size() == 2);

    GenerationTest event = Codecs.generationTest().decode(results.history().get(0).value());
    assertEquals(
        List.of(8L, 9L, 7L),
        event.answers().stream().map(one -> one.generation().number()).toList());
    assertEquals(
        List.of(Outcome.MISS, Outcome.MISS, Outcome.HIT),
        event.answers().stream().map(GenerationTest.GivenAnswer::outcome).toList());
    GenerationTest request = Codecs.generationTest().decode(results.history().get(1).value());
    assertEquals(
        List.of(8L, 9L), request.answers().stream().map(one -> one.generation().number()).toList());
  }

  @Test
  void overlap_ofEmptyAndUnequalAnswers_isTheShareOfTheLonger() {
    assertEquals(1, TestMeters.overlap(List.of(), List.of()));
    assertEquals(0, TestMeters.overlap(List.of(item(1)), List.of()));
    assertEquals(0.5, TestMeters.overlap(List.of(item(1)), List.of(item(2), item(1))));
  }

  /** A rollback goes on where its generation's tests were. */
  @Test
  void recall_afterASwapAndARollback_isOfEachGenerationAlone() {
    start(new TestingSettings(1, 1_000));
    serve(7, prompt -> false);
    search(RecallWindow.LEAST, item(1));
    await("search", HIT, RecallWindow.LEAST);
    serve(8, prompt -> false);
    search(RecallWindow.LEAST, item(35));
    await("search", MISS, RecallWindow.LEAST);
    serve(7, prompt -> false);
    search(RecallWindow.LEAST, item(35));
    await("search", MISS, 2 * RecallWindow.LEAST);

    assertEquals(0.5, recall("search", 7), 1e-9);
    assertEquals(0, recall("search", 8), 1e-9);
    serve(9, prompt -> false);
    search(RecallWindow.LEAST, item(1));
    await("search", HIT, 2 * RecallWindow.LEAST);
    assertEquals(1, recall("search", 9), 1e-9);
    assertEquals(
        Set.of("7", "8", "9"),
        Set.copyOf(
            registry
                .get("sidestream.prequential.recall.ratio")
                .tag("task", "search")
                .gauges()
                .stream()
                .map(gauge -> gauge.getId().getTag("generation"))
                .toList()));
  }

  @Test
  void met_moreThanAllowed_areCountedAndNotTested() {
    GenerationTests full = create(new TestingSettings(1, 3)); // it does not run
    for (int i = 0; i < 10; i++) {
      full.met(
          new Prompt.ForSearch("q", 30, Set.of(), Optional.empty()), item(1), NOW.minusSeconds(1));
    }
    assertEquals(7, skipped("search", "busy"));
  }

  @Test
  void met_noGeneration_isCounted() {
    start(HALF).met(new Prompt.ForSearch("q", 30, Set.of(), Optional.empty()), item(1), NOW);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> skipped("search", "no_generation") == 1);
  }

  @Test
  void settings_beyondTheirLimits_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TestingSettings(1.1, 1));
    assertThrows(IllegalArgumentException.class, () -> new TestingSettings(-0.1, 1));
    assertThrows(IllegalArgumentException.class, () -> new TestingSettings(1, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TestingSettings(1, TestingSettings.MAX_PER_SECOND + 1));
    assertFalse(new TestingSettings(0, 1).include("u1"));
    assertTrue(new TestingSettings(1, 1).include("u1"));
  }

  private void serve(long number, Predicate<Prompt> poison) {
    new TinyGeneration(number, ITEMS).serve(serving, poison);
  }

  private GenerationTests create(TestingSettings settings) {
    GenerationTests created =
        new GenerationTests(
            settings,
            serving,
            new TestResults(results, TOPICS.generationTests(), registry),
            CLOCK,
            registry,
            failure::set);
    tests = Optional.of(created);
    return created;
  }

  private GenerationTests start(TestingSettings settings) {
    GenerationTests started = create(settings);
    records.updateEndOffsets(Map.of(SEARCHES, 0L, PROMPTS, 0L));
    started.start(records, TOPICS);
    assign(SEARCHES);
    return started;
  }

  /** As a broker assigns what is subscribed to. */
  private void assign(TopicPartition... partitions) {
    Set<String> topics =
        Stream.of(partitions).map(TopicPartition::topic).collect(Collectors.toSet());
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> records.subscription().equals(topics));
    records.schedulePollTask(() -> records.rebalance(List.of(partitions)));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> records.assignment().equals(Set.of(partitions)));
  }

  private void search(int times, ItemId clicked) {
    for (int i = 0; i < times; i++) {
      search(Optional.empty(), "query " + i, clicked);
    }
  }

  private void search(Optional<UserId> user, String query, ItemId clicked) {
    byte[] value = Codecs.search().encode(new Search(query, clicked, user, NOW));
    records.addRecord(new ConsumerRecord<>(SEARCHES.topic(), 0, offset++, null, value));
  }

  private void await(String task, String outcome, int tested) {
    await(task, Arm.LIVE, outcome, tested);
  }

  private void await(String task, Arm arm, String outcome, int tested) {
    await(task, arm.label(), outcome, tested);
  }

  private void await(String task, String arm, String outcome, int tested) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertEquals(
                    tested,
                    registry
                        .counter(
                            "sidestream.prequential.tests",
                            "task",
                            task,
                            "arm",
                            arm,
                            "outcome",
                            outcome)
                        .count()));
  }

  private double skipped(String task, String reason) {
    return registry
        .counter("sidestream.prequential.skipped", "task", task, "reason", reason)
        .count();
  }

  private double recall(String task, long generation) {
    Gauge gauge =
        registry
            .get("sidestream.prequential.recall.ratio")
            .tags("task", task, "generation", Long.toString(generation))
            .gauge();
    return gauge.value();
  }

  private static ItemId item(int number) {
    return new ItemId("i%02d".formatted(number));
  }

  private static String[] items(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> item(i).value()).toArray(String[]::new);
  }

  private void prompt(long at, Prompt prompt) {
    records.addRecord(
        new ConsumerRecord<>(PROMPTS.topic(), 0, at, null, Codecs.prompt().encode(prompt)));
  }
}
