package io.sidestream.schemas;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.EventFingerprint;
import io.sidestream.schemas.pairs.EventsInHour;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.RecentEvents;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Reaches every limit, and steps over it. */
class LimitsTest {
  private static final ItemId ITEM = new ItemId("i1");
  private static final ItemId OTHER = new ItemId("i2");
  private static final UserId USER = new UserId("u1");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Generation GENERATION = new Generation(1);
  private static final SemanticId ID = new SemanticId(GENERATION, new int[] {0});

  /** A limit: values made of {@code least} to {@code most} are taken, one less or more is not. */
  private record Limit(String name, long least, long most, LongFunction<Object> maker) {
    /** Whether the limit bounds a number, which may be below 0, and not a length, which cannot. */
    boolean isNumber() {
      return Set.of("code", "metric", "partition end", "interaction time", "search time")
          .contains(name);
    }
  }

  @Tag("B6")
  @Tag("B12")
  @TestFactory
  Stream<DynamicTest> record_atALimitAndOneBeyond_isTakenAndRefused() {
    return limits().map(limit -> DynamicTest.dynamicTest(limit.name(), () -> probe(limit)));
  }

  private static void probe(Limit limit) {
    assertDoesNotThrow(() -> limit.maker().apply(limit.least()));
    assertDoesNotThrow(() -> limit.maker().apply(limit.most()));
    if (limit.least() > 0 || limit.isNumber()) {
      assertRefused(limit, limit.least() - 1);
    }
    if (limit.most() != Long.MAX_VALUE) {
      assertRefused(limit, limit.most() + 1);
    }
  }

  private static void assertRefused(Limit limit, long size) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> limit.maker().apply(size));
    assertTrue(!e.getMessage().isBlank());
    assertFalse(Character.isUpperCase(e.getMessage().charAt(0)), e.getMessage());
  }

  private static Stream<Limit> limits() {
    return Stream.of(ids(), items(), events(), requests(), answers(), generations())
        .flatMap(limits -> limits);
  }

  private static Stream<Limit> ids() {
    return Stream.of(
        sized("item id bytes", 1, Checks.MAX_ID_BYTES, n -> new ItemId("x".repeat(n))),
        sized("user id bytes", 1, Checks.MAX_ID_BYTES, n -> new UserId("x".repeat(n))),
        new Limit("generation", 1, Generation.MAX_NUMBER, Generation::new),
        sized("levels", 1, SemanticId.MAX_LEVELS, n -> new SemanticId(GENERATION, new int[n])),
        sized(
            "code",
            0,
            SemanticId.MAX_WIDTH - 1,
            code -> new SemanticId(GENERATION, new int[] {code})),
        sized(
            "dimensions", 1, CodedItem.MAX_DIMENSIONS, n -> new CodedItem(ITEM, ID, new float[n])));
  }

  private static Stream<Limit> items() {
    return Stream.of(
        sized("title", 1, Item.MAX_TITLE, n -> item("x".repeat(n), Map.of(), Map.of())),
        sized("texts", 0, Item.MAX_FIELDS, n -> item("t", numbered(n, "x"), Map.of())),
        sized("text", 0, Item.MAX_TEXT, n -> item("t", Map.of("d", "x".repeat(n)), Map.of())),
        sized("text name", 1, Item.MAX_NAME, n -> item("t", Map.of("x".repeat(n), ""), Map.of())),
        sized(
            "attributes", 0, Item.MAX_FIELDS, n -> item("t", Map.of(), numbered(n, List.of("x")))),
        sized(
            "attribute name",
            1,
            Item.MAX_NAME,
            n -> item("t", Map.of(), Map.of("x".repeat(n), List.of("v")))),
        sized(
            "attribute values",
            0,
            Item.MAX_VALUES,
            n -> item("t", Map.of(), Map.of("a", numbers(n).toList()))),
        sized(
            "attribute value",
            0,
            Item.MAX_VALUE,
            n -> item("t", Map.of(), Map.of("a", List.of("x".repeat(n))))));
  }

  private static Stream<Limit> events() {
    long second = 1_000;
    return Stream.of(
        sized("kind", 1, Interaction.MAX_KIND, n -> interaction("x".repeat(n), 1, NOW)),
        sized("weight", 1, (int) Interaction.MAX_WEIGHT, n -> interaction("view", n, NOW)),
        new Limit(
            "interaction time",
            EventTime.EARLIEST.toEpochMilli() / second,
            EventTime.END.toEpochMilli() / second - 1,
            at -> interaction("view", 1, Instant.ofEpochSecond(at))),
        new Limit(
            "search time",
            EventTime.EARLIEST.toEpochMilli() / second,
            EventTime.END.toEpochMilli() / second - 1,
            at -> new Search("q", ITEM, Optional.of(USER), Instant.ofEpochSecond(at))),
        sized("search query", 1, Search.MAX_QUERY, n -> search("x".repeat(n))),
        sized("pair query", 1, Search.MAX_QUERY, n -> new Pair.QueryItem("x".repeat(n), ITEM)),
        new Limit(
            "pair total", 1, Long.MAX_VALUE, n -> new PairCount(Pair.ItemItem.of(ITEM, OTHER), n)),
        sized(
            "window limit",
            1,
            WindowLimits.MAX_ITEMS,
            n -> new WindowLimits(n, Duration.ofDays(1))),
        sized("window", 0, WindowLimits.MAX_ITEMS, n -> new RecentItems(interactions(n))),
        sized("event id", 1, EventId.MAX_LENGTH, n -> new EventId("x".repeat(n))),
        sized(
            "kept ids",
            0,
            RecentEvents.MAX_EVENTS,
            n -> new CountingRule(WindowLimits.DEFAULT, KindWeights.ALIKE, n)),
        sized(
            "interactions in an hour",
            0,
            EventsInHour.MAX_LIMIT,
            n -> new CountingRule(WindowLimits.DEFAULT, KindWeights.ALIKE, 0, n)),
        sized(
            "searches in an hour",
            0,
            EventsInHour.MAX_LIMIT,
            n -> new CountingRule(WindowLimits.DEFAULT, KindWeights.ALIKE, 0, 0, n)),
        sized(
            "recent events",
            0,
            RecentEvents.MAX_EVENTS,
            n -> new RecentEvents(Collections.nCopies(n, new EventFingerprint(0, 0)))));
  }

  private static Stream<Limit> requests() {
    Optional<Instant> never = Optional.empty();
    return Stream.of(
        sized("search k", 1, AnswerLimits.MAX_K, k -> new SearchRequest("q", k, Set.of(), never)),
        sized(
            "request query",
            0,
            Search.MAX_QUERY,
            n -> new SearchRequest("x".repeat(n), 1, Set.of(), never)),
        sized(
            "search exclusion",
            0,
            AnswerLimits.MAX_EXCLUDED,
            n -> new SearchRequest("q", 1, Set.copyOf(itemIds(n)), never)),
        sized("recommendation k", 1, AnswerLimits.MAX_K, k -> recommendation(List.of(), k)),
        sized(
            "recommendation history",
            0,
            AnswerLimits.MAX_HISTORY,
            n -> recommendation(itemIds(n), 1)),
        sized(
            "search prompt k",
            1,
            AnswerLimits.MAX_K,
            k -> new Prompt.ForSearch("q", k, Set.of(), never)),
        sized(
            "recommendation prompt history",
            0,
            AnswerLimits.MAX_HISTORY,
            n -> new Prompt.ForRecommendation(itemIds(n), true, 1, Set.of(), never)),
        sized(
            "recommendation prompt exclusion",
            0,
            Prompt.ForRecommendation.MAX_EXCLUDED,
            n -> new Prompt.ForRecommendation(List.of(), true, 1, Set.copyOf(itemIds(n)), never)));
  }

  private static Stream<Limit> answers() {
    RankedItem ranked = new RankedItem(ITEM, 0, ID);
    return Stream.of(
        sized(
            "reply items",
            0,
            AnswerLimits.MAX_K,
            n -> reply("", IntStream.range(0, n).mapToObj(i -> ranked).toList())),
        sized("reply detail", 0, ReasonText.MAX_LENGTH, n -> reply("x".repeat(n), List.of())));
  }

  private static Stream<Limit> generations() {
    return Stream.of(
        sized("catalogue", 1, TrainingRequest.MAX_CATALOGUE, n -> request("x".repeat(n), "")),
        sized("request detail", 0, ReasonText.MAX_LENGTH, n -> request("c", "x".repeat(n))),
        sized("reason", 0, ReasonText.MAX_LENGTH, n -> announcement("x".repeat(n), Map.of())),
        sized(
            "metrics",
            0,
            GenerationAnnouncement.MAX_METRICS,
            n -> announcement("", numbered(n, 0.5))),
        sized("metric", 0, 1, n -> announcement("", Map.of("m", (double) n))),
        sized("beams", 0, Explanation.MAX_BEAMS, n -> explanation(n, 0, 0)),
        sized("items of a beam", 0, Explanation.MAX_BEAM_ITEMS, n -> explanation(1, n, 0)),
        sized("features", 0, Explanation.MAX_FEATURES, n -> explanation(0, 0, n)),
        sized("attributed items", 0, Explanation.MAX_ATTRIBUTED_ITEMS, n -> attributed(n, 1)),
        sized("attributions", 0, Explanation.MAX_ATTRIBUTIONS, n -> attributed(1, n)),
        sized("attribution name", 1, Explanation.Attribution.MAX_NAME, n -> named("x".repeat(n))),
        sized("tested generations", 1, GenerationTest.MAX_ANSWERS, n -> test(n, 1)),
        sized("tested items", 0, AnswerLimits.MAX_K, n -> test(1, n)),
        new Limit("partition end", 0, Long.MAX_VALUE, LimitsTest::endingAt),
        sized("partitions", 1, Topic.MAX_PARTITIONS, LimitsTest::topic));
  }

  private static Limit sized(String name, int least, int most, IntFunction<Object> maker) {
    return new Limit(name, least, most, n -> maker.apply((int) n));
  }

  private static Object test(int generations, int items) {
    return new GenerationTest(
        GenerationTest.Task.SEARCH,
        NOW,
        IntStream.rangeClosed(1, generations)
            .mapToObj(
                number ->
                    new GenerationTest.GivenAnswer(
                        new Generation(number),
                        GenerationTest.Outcome.MISS,
                        0,
                        Collections.nCopies(items, ITEM)))
            .toList());
  }

  private static Object item(
      String title, Map<String, String> texts, Map<String, List<String>> attributes) {
    return new Item(ITEM, title, texts, attributes);
  }

  private static Object interaction(String kind, double weight, Instant at) {
    return new Interaction(USER, ITEM, kind, weight, at);
  }

  private static Object search(String query) {
    return new Search(query, ITEM, Optional.empty(), NOW);
  }

  private static Object recommendation(List<ItemId> history, int k) {
    return new RecommendationRequest(
        Optional.empty(), history, k, true, Set.of(), Optional.empty());
  }

  private static Object reply(String detail, List<RankedItem> items) {
    return new Reply(Reply.Status.OK, detail, Optional.of(GENERATION), items);
  }

  private static Object explanation(int beams, int items, int features) {
    Explanation.Beam beam =
        new Explanation.Beam(new int[] {1}, -1, items, Collections.nCopies(items, ITEM));
    return new Explanation(
        Collections.nCopies(beams, beam),
        numbered(features, 1.0),
        List.of(numbered(features, 1.0)));
  }

  private static Object attributed(int items, int attributions) {
    return new Explanation(
        List.of(),
        Map.of(),
        List.of(),
        Collections.nCopies(items, Collections.nCopies(attributions, named("x"))));
  }

  private static Explanation.Attribution named(String name) {
    return new Explanation.Attribution("words", Explanation.Attribution.WORD, name, 1);
  }

  private static Object request(String catalogue, String detail) {
    return new TrainingRequest(
        catalogue, TrainingRequest.Reason.AGE, detail, new CorpusOffsets(Map.of()), NOW);
  }

  private static Object announcement(String reason, Map<String, Double> metrics) {
    return new GenerationAnnouncement(
        GENERATION,
        GenerationState.CANDIDATE,
        reason,
        "0".repeat(64),
        Optional.empty(),
        new CorpusOffsets(Map.of()),
        metrics,
        NOW);
  }

  private static Object endingAt(long end) {
    return new CorpusOffsets(Map.of("items", Map.of(0, end)));
  }

  private static Object topic(int partitions) {
    return new Topic(
        "t",
        "k",
        "v",
        Cleanup.DELETE,
        RecordOrder.NONE,
        partitions,
        Topic.BROKER_DEFAULT,
        Map.of());
  }

  private static Stream<String> numbers(int n) {
    return IntStream.range(0, n).mapToObj(Integer::toString);
  }

  private static List<ItemId> itemIds(int n) {
    return numbers(Math.max(0, n)).map(ItemId::new).toList();
  }

  private static List<RecentItems.ItemInteraction> interactions(int n) {
    return itemIds(n).stream().map(item -> new RecentItems.ItemInteraction(item, 0)).toList();
  }

  private static <T> Map<String, T> numbered(int n, T value) {
    return numbers(n).collect(Collectors.toMap(name -> name, name -> value));
  }
}
