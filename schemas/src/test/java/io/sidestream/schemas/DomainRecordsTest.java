package io.sidestream.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DomainRecordsTest {
  private static final ItemId ITEM = new ItemId("i1");
  private static final Generation GENERATION = new Generation(12);

  @Test
  void itemId_blankOrWithControlCharacters_isRefused() {
    for (String id : new String[] {"", " ", "a\tb", "a\nb", "a\u0000", "a\u0085"}) {
      assertRefused(() -> new ItemId(id));
      assertRefused(() -> new UserId(id));
    }
  }

  @Test
  void itemId_bytesCountNotCharacters() {
    assertRefused(() -> new ItemId("热".repeat(86)));
    assertEquals(85, new ItemId("热".repeat(85)).value().length());
  }

  @Test
  void semanticId_arrayChangedLater_staysAsItWas() {
    int[] codes = {1, 2};
    SemanticId id = new SemanticId(GENERATION, codes);
    codes[0] = 9;
    id.codes()[1] = 9;

    assertEquals(new SemanticId(GENERATION, new int[] {1, 2}), id);
    assertEquals("12:1-2", id.toString());
    assertNotEquals(new SemanticId(new Generation(13), new int[] {1, 2}), id);
  }

  @Test
  void codedItem_vectorThatIsNotFinite_isRefused() {
    SemanticId id = new SemanticId(GENERATION, new int[] {1});

    assertRefused(() -> new CodedItem(ITEM, id, new float[] {1, Float.NaN}));
    assertRefused(() -> new RankedItem(ITEM, Double.NEGATIVE_INFINITY, id));
  }

  @Test
  void codedItemKey_itemWithASlash_isParsedBack() {
    CodedItemKey key = new CodedItemKey(GENERATION, new ItemId("a/b"));

    assertEquals("12/a/b", key.toString());
    assertEquals(key, CodedItemKey.parse("12/a/b"));
    for (String wrong : new String[] {"", "12", "/a", "x/a", "0/a", "12/"}) {
      assertRefused(() -> CodedItemKey.parse(wrong));
    }
  }

  @Test
  void item_mapsChangedLater_stayAsTheyWere() {
    Map<String, String> texts = new HashMap<>(Map.of("a", "b"));
    List<String> genres = new ArrayList<>(List.of("Drama"));
    Item item = new Item(ITEM, "t", texts, Map.of("genre", genres));
    texts.clear();
    genres.clear();

    assertEquals(Map.of("a", "b"), item.texts());
    assertEquals(Map.of("genre", List.of("Drama")), item.attributes());
  }

  /** Such a query used to pass as not blank, and to fail in the counting, which needs its form. */
  @Tag("B7")
  @Tag("case-13")
  @Test
  void search_queryThatNormalizesToNothing_isRefused() {
    for (String blank : new String[] {"", "  ", "\u00a0", "\u3000\t"}) {
      assertRefused(() -> new Search(blank, ITEM, Optional.empty(), Instant.EPOCH));
    }
  }

  /** Some characters grow eighteenfold when normalized. */
  @Test
  void search_queryThatGrowsBeyondTheLimit_isRefused() {
    assertRefused(() -> new Search("\ufdfa".repeat(1_000), ITEM, Optional.empty(), Instant.EPOCH));
  }

  @Test
  void interaction_weightThatIsNoNumber_isRefused() {
    for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(() -> new Interaction(new UserId("u"), ITEM, "view", weight, Instant.EPOCH));
    }
  }

  @Test
  void recommendationRequest_userAndHistory_isRefused() {
    assertRefused(
        () ->
            new RecommendationRequest(
                Optional.of(new UserId("u")), List.of(ITEM), 1, true, Set.of(), Optional.empty()));
  }

  @Test
  void recommendationRequest_likeAnItemAndAHistory_isRefused() {
    assertRefused(
        () ->
            new RecommendationRequest(
                Optional.empty(),
                List.of(ITEM),
                Optional.of(ITEM),
                1,
                true,
                Set.of(),
                Optional.empty(),
                false,
                Selection.ALL));
  }

  @Test
  void reply_idOfAnotherGeneration_isRefused() {
    RankedItem ranked = new RankedItem(ITEM, 1, new SemanticId(GENERATION, new int[] {1}));

    assertRefused(
        () -> new Reply(Reply.Status.OK, "", Optional.of(new Generation(11)), List.of(ranked)));
    assertRefused(() -> new Reply(Reply.Status.OK, "", Optional.empty(), List.of(ranked)));
  }

  @Test
  void generationTest_ofOneGenerationTwiceOrOfHalfAnEvent_isRefused() {
    GenerationTest.GivenAnswer hit = tested(12, GenerationTest.Outcome.HIT);

    assertRefused(() -> test(hit, tested(12, GenerationTest.Outcome.MISS)));
    assertRefused(() -> test(hit, tested(13, GenerationTest.Outcome.NONE)));
    assertEquals(2, test(hit, tested(13, GenerationTest.Outcome.UNKNOWN_ITEM)).answers().size());
  }

  private static GenerationTest test(GenerationTest.GivenAnswer... answers) {
    return new GenerationTest(GenerationTest.Task.SEARCH, Instant.EPOCH, List.of(answers));
  }

  private static GenerationTest.GivenAnswer tested(long number, GenerationTest.Outcome outcome) {
    return new GenerationTest.GivenAnswer(new Generation(number), outcome, 0, List.of(ITEM));
  }

  @Test
  void pair_itemWithItself_isRefused() {
    assertRefused(() -> Pair.ItemItem.of(ITEM, ITEM));
    assertRefused(() -> new Pair.QueryItem(" ", ITEM));
    assertRefused(() -> new WindowLimits(1, Duration.ZERO));
  }

  @Test
  void normalizedQuery_twoSpellings_areOne() {
    assertEquals("a heist film", NormalizedQuery.of("  A\tHeist \n ＦＩＬＭ "));
    assertEquals("ibis", NormalizedQuery.of("IBIS"));
  }

  @Tag("B7")
  @Tag("case-13")
  @Test
  void normalizedQuery_onlyInvisibleCharacters_isBlank() {
    for (String blank :
        List.of("", " ", "\u3000", "\u00A0", "\u200B", "\uFEFF", "\u00AD", "\0", "\u0301")) {
      assertTrue(NormalizedQuery.isBlank(blank), blank);
      assertRefused(() -> new Search(blank, ITEM, Optional.empty(), Instant.EPOCH));
    }
    for (String seen : List.of("é", "e\u0301", "7", "?", "\u200Bx", "👩\u200D🚀")) {
      assertFalse(NormalizedQuery.isBlank(seen), seen);
    }
  }

  @Test
  void normalizedQuery_appliedTwice_changesNothing() {
    for (String query : new String[] {"İstanbul", "ﬁlm ﷺ", "Straße", "\u00a0x\u2003y"}) {
      String once = NormalizedQuery.of(query);
      assertEquals(once, NormalizedQuery.of(once));
    }
  }

  @Test
  void generation_directoryName_sortsByNumber() {
    assertEquals("generation-000012", GENERATION.directoryName());
    assertEquals(new Generation(13), GENERATION.next());
    assertRefused(() -> new Generation(0));
  }

  @Test
  void announcement_manifestHashThatIsNone_isRefused() {
    assertRefused(
        () ->
            new GenerationAnnouncement(
                GENERATION,
                GenerationState.LIVE,
                "",
                "ABC",
                Optional.empty(),
                new CorpusOffsets(Map.of()),
                Map.of(),
                Instant.EPOCH));
  }

  @RepeatedTest(20)
  void corpusOffsets_covers_isBelowTheEnd(RepetitionInfo repetition) {
    long seed = Long.getLong("seed", 50) + repetition.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Map<Integer, Long>> ends = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      ends.computeIfAbsent("t" + random.nextInt(3), t -> new HashMap<>())
          .put(random.nextInt(4), (long) random.nextInt(20));
    }
    CorpusOffsets corpus = new CorpusOffsets(ends);
    for (int i = 0; i < 100; i++) {
      String topic = "t" + random.nextInt(4);
      int partition = random.nextInt(5);
      long offset = random.nextInt(22);
      Long end = ends.getOrDefault(topic, Map.of()).get(partition);
      boolean naive = end != null && offset < end;

      assertEquals(naive, corpus.covers(topic, partition, offset), "seed " + seed);
      assertEquals(end == null ? 0 : end, corpus.end(topic, partition), "seed " + seed);
    }
    ends.clear();
    assertFalse(corpus.ends().isEmpty(), "a copy was made");
  }

  @Test
  void topics_defaultPage_hasItsRules() {
    List<Topic> all = Topics.DEFAULT.all();

    assertEquals(30, all.stream().map(Topic::name).distinct().count());
    assertTrue(
        all.stream()
            .allMatch(
                topic -> "LogAppendTime".equals(topic.configs().get("message.timestamp.type"))));
    assertEquals(1, Topics.DEFAULT.generations().partitions());
    assertEquals(1, Topics.DEFAULT.trainingRequests().partitions());
    assertEquals("604800000", Topics.DEFAULT.items().configs().get("min.compaction.lag.ms"));
    assertEquals("-1", Topics.DEFAULT.interactions().configs().get("retention.ms"));
    assertEquals("1048588", Topics.DEFAULT.items().configs().get("max.message.bytes"));
    assertEquals("2097176", Topics.DEFAULT.prompts().configs().get("max.message.bytes"));
    assertEquals("items.rejected", Topics.DEFAULT.rejectedOf(Topics.DEFAULT.items()).name());
  }

  /** Ten years were refused where brokers are hosted, and with them the topics. */
  @Test
  void topics_removals_areKeptAsLongAsHostedBrokersAllow() {
    long confluentCloud = 60_566_400_000L;
    for (Topic topic : Topics.DEFAULT.all()) {
      String kept = topic.configs().getOrDefault("delete.retention.ms", "0");
      assertTrue(Long.parseLong(kept) <= confluentCloud, topic.name() + " has " + kept);
    }
  }

  private static void assertRefused(Executable executable) {
    assertThrows(IllegalArgumentException.class, executable);
  }
}
