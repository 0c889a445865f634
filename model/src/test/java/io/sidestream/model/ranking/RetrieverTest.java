package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.Task;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.model.vectors.Vectors;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Explanation;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Selection;
import io.sidestream.schemas.SemanticId;
import io.sidestream.schemas.pairs.ClickedItems;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Neighbour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrieverTest {
  private static final int ITEMS = 120;
  private static final double TOLERANCE = 1e-4;

  @TempDir static Path root;
  private static OpenGeneration generation;
  private static Catalogue catalogue;
  private static Retriever answering;

  @BeforeAll
  static void open() throws IOException {
    Path bundle = new TinyGeneration(new Generation(12), ITEMS, 9).publish(root);
    generation = BundleReader.open(bundle, OnnxSessions.cpu(1));
    catalogue = Catalogue.of(generation);
    answering = new Retriever(generation, Neighbours.NONE);
  }

  @AfterAll
  static void close() {
    generation.close();
  }

  @Test
  void answer_search_equalsTheReferenceRanking() {
    Prompt prompt = search("hello friends", 20, Set.of());
    GeneratorPrompt read = PromptEncoder.of(generation).search("hello friends");
    assertRanking(reference(read, Task.SEARCH, 20, Set.of()), answering.answer(prompt, catalogue));
  }

  @Tag("B6")
  @Test
  void answer_queryLongerThanTheEncoderReads_isSaidInTheReply() {
    Prompt whole = search("hello friends", 5, Set.of());
    assertFalse(answering.answer(whole, catalogue).reply().queryTruncated());
    Prompt longer = search("hello ".repeat(600), 5, Set.of());
    Reply reply = answering.answer(longer, catalogue).reply();
    assertTrue(reply.queryTruncated());
    assertEquals(Reply.Status.OK, reply.status());
    assertEquals(5, reply.items().size());
  }

  @Test
  void answer_recommendation_equalsTheReferenceRanking() {
    Set<ItemId> seen = Set.of(TinyGeneration.itemId(3), TinyGeneration.itemId(17));
    List<ItemId> history = List.of(TinyGeneration.itemId(3), TinyGeneration.itemId(17));
    GeneratorPrompt read = PromptEncoder.of(generation).recommendation(history, catalogue);
    Answer answer = answering.answer(recommendation(history, true, 15, seen), catalogue);
    assertRanking(reference(read, Task.RECOMMENDATION, 15, seen), answer);
    assertTrue(answer.items().stream().noneMatch(item -> seen.contains(item.item())));
  }

  @Test
  void answer_explained_sumsUpToTheScores() {
    Prompt plain = search("hello friends", 20, Set.of());
    Prompt explained = new Prompt.ForSearch("hello friends", 20, Set.of(), Optional.empty(), true);

    Answer answer = answering.answer(explained, catalogue);
    Explanation explanation = answer.explanation().orElseThrow();

    assertEquals(Optional.empty(), answering.answer(plain, catalogue).explanation());
    assertEquals(answering.answer(plain, catalogue).items(), answer.items());
    assertSumsUp(answer);
    Explanation.Beam first = explanation.beams().get(0);
    List<ItemId> behind =
        catalogue.itemsBehind(new SemanticId(catalogue.generation(), first.codes()));
    assertEquals(behind.size(), first.count());
    assertEquals(behind.subList(0, first.items().size()), first.items());
  }

  @Test
  void answer_diverse_sumsUpToTheScoresToo() {
    Selection diverse = new Selection(List.of(), 0, 0.7);
    Answer answer =
        answering.answer(
            new Prompt.ForSearch("hello friends", 20, Set.of(), Optional.empty(), true, diverse),
            catalogue);

    assertTrue(answer.explanation().orElseThrow().weights().get("shared_codes") < 0);
    assertSumsUp(answer);
  }

  private static void assertSumsUp(Answer answer) {
    Explanation explanation = answer.explanation().orElseThrow();
    for (int i = 0; i < answer.items().size(); i++) {
      double sum = 0;
      for (var feature : explanation.features().get(i).entrySet()) {
        sum += explanation.weights().get(feature.getKey()) * feature.getValue();
      }
      assertEquals(answer.items().get(i).score(), sum, 1e-9);
    }
  }

  private static CodeGenerator encoderDecoder() {
    return generation
        .generator()
        .fold(
            one -> one,
            sequence -> {
              throw new AssertionError("the tiny generation has an encoder-decoder");
            });
  }

  /** The formula on {@link RankingWeights}, read item by item. */
  private static List<RankedItem> reference(
      GeneratorPrompt prompt, Task task, int k, Set<ItemId> excluded) {
    List<Beam> beams = encoderDecoder().generate(prompt, catalogue.trie(), 10);
    double lowest = beams.get(beams.size() - 1).logProbability();
    RankingWeights weights =
        task == Task.SEARCH ? answering.ranking().search() : answering.ranking().recommendation();
    List<RankedItem> ranked = new ArrayList<>();
    List<Integer> nearest =
        IntStream.range(0, ITEMS)
            .boxed()
            .filter(row -> !excluded.contains(catalogue.item(row)))
            .sorted(Comparator.comparingDouble(row -> -cosine(prompt, row)))
            .limit(20)
            .toList();
    for (int row = 0; row < ITEMS; row++) {
      int leaf = catalogue.leaf(row);
      Optional<Beam> beam = beams.stream().filter(b -> b.leaf() == leaf).findFirst();
      if (excluded.contains(catalogue.item(row)) || (beam.isEmpty() && !nearest.contains(row))) {
        continue;
      }
      double sum = 0;
      for (int other : catalogue.rows(leaf)) {
        sum += Math.exp(cosine(prompt, other) / weights.temperature());
      }
      double logId = beam.map(Beam::logProbability).orElse(lowest - Math.log(2));
      double logShare = cosine(prompt, row) / weights.temperature() - Math.log(sum);
      double score =
          weights.of(RankingFeature.GENERATOR) * (logId + logShare)
              + weights.of(RankingFeature.DENSE) * cosine(prompt, row)
              + weights.of(RankingFeature.POPULARITY) * catalogue.logPopularity(row, task);
      ranked.add(new RankedItem(catalogue.item(row), score, catalogue.id(row)));
    }
    ranked.sort(Comparator.comparingDouble(item -> -item.score()));
    return ranked.subList(0, Math.min(k, ranked.size()));
  }

  private static double cosine(GeneratorPrompt prompt, int row) {
    return Vectors.dot(catalogue.vector(row), prompt.vector());
  }

  private static void assertRanking(List<RankedItem> expected, Answer found) {
    assertEquals(Reply.Status.OK, found.status());
    assertEquals("", found.detail());
    assertEquals(expected.size(), found.items().size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).item(), found.items().get(i).item(), "place " + i);
      assertEquals(expected.get(i).id(), found.items().get(i).id());
      assertEquals(expected.get(i).score(), found.items().get(i).score(), TOLERANCE);
    }
  }

  @Test
  void answer_kAboveCandidates_givesKItems() {
    assertEquals(100, answering.answer(search("hello", 100, Set.of()), catalogue).items().size());
    assertEquals(ITEMS, answering.answer(search("hello", 500, Set.of()), catalogue).items().size());
  }

  @Test
  void answer_spellingsOfOneQuery_areTheSame() {
    assertEquals(
        answering.answer(search("hello world", 10, Set.of()), catalogue),
        answering.answer(search("  HELLO   World ", 10, Set.of()), catalogue));
  }

  @Test
  void answer_mistypedQuery_isOfTheQueryThatIsMeant() {
    Retriever reading = answering.reading(QueryReading.AS_MEANT);
    Answer right = reading.answer(search("comedy of 3 friends", 10, Set.of()), catalogue);
    Answer mistyped = reading.answer(search("comdey of 3 firends", 10, Set.of()), catalogue);

    assertEquals("", right.detail());
    assertEquals("comdey is read as comedy, firends is read as friends", mistyped.detail());
    assertEquals(right.items(), mistyped.items());
    assertEquals("", answering.answer(search("comdey", 10, Set.of()), catalogue).detail());
  }

  @Test
  void answer_wordOfAnItemThatCameLater_isReadAsTyped() {
    Retriever reading = answering.reading(QueryReading.AS_MEANT);
    Item item = new Item(new ItemId("new"), "The Comdey", Map.of(), Map.of());
    Catalogue more = catalogue.with(List.of(generation.code(item, Optional.empty())), List.of());

    assertEquals("", reading.answer(search("comdey", 10, Set.of()), more).detail());
    assertEquals(
        "comdey is read as comedy",
        reading.answer(search("comdey", 10, Set.of()), catalogue).detail());
  }

  @Test
  void answer_wordsThatUsersClickedAfterMoreOftenThanAfterKnownOnes_areReadAsTyped() {
    String read = "comdey is read as comedy";
    assertEquals(read, detailOf("comdey", Map.of("comdey", 2L)), "too few to say");
    assertEquals("", detailOf("comdey", Map.of("comdey", 3L)));
    assertEquals("", detailOf("  COMDEY ", Map.of("comdey", 4L, "comedy", 3L)));
    assertEquals(read, detailOf("comdey", Map.of("comdey", 3L, "comedy", 3L)));
  }

  /** How a query is read after clicks after some queries. */
  private String detailOf(String query, Map<String, Long> clicks) {
    ItemId item = TinyGeneration.itemId(7);
    Clicks now =
        each ->
            clicks.containsKey(each)
                ? ClickedItems.of(Map.of(item, clicks.get(each)))
                : ClickedItems.NONE;
    return new Retriever(
            generation, new LiveCounts(Neighbours.NONE, now), ItemAttributes.NONE, QueryCache.NONE)
        .reading(QueryReading.AS_MEANT)
        .answer(search(query, 10, Set.of()), catalogue)
        .detail();
  }

  @Tag("B15")
  @Test
  void answer_anyCatalogueHistory_doesNotDependOnRowOrder() {
    List<ItemId> gone = IntStream.range(0, 40).mapToObj(TinyGeneration::itemId).toList();
    List<CodedItem> back = new ArrayList<>();
    for (ItemId item : gone) {
      int row = catalogue.row(item).getAsInt();
      back.add(new CodedItem(item, catalogue.id(row), catalogue.vector(row)));
    }
    Collections.shuffle(back, new Random(1));
    Catalogue shuffled = catalogue.with(List.of(), gone).with(back, List.of());
    for (Prompt prompt :
        List.of(
            search("hello", 30, Set.of()),
            search("", 30, Set.of()),
            recommendation(List.of(TinyGeneration.itemId(2)), true, 30, Set.of()))) {
      assertEquals(
          answering.answer(prompt, catalogue).items(), answering.answer(prompt, shuffled).items());
    }
  }

  @Test
  void answer_newItem_isFoundByItsText() {
    Item item = TinyGeneration.item(ITEMS + 5);
    CodedItem coded = generation.code(item, Optional.empty());
    Catalogue more = catalogue.with(List.of(coded), List.of());
    List<RankedItem> items =
        answering.answer(search(item.title(), ITEMS + 1, Set.of()), more).items();
    assertTrue(items.stream().anyMatch(ranked -> ranked.item().equals(item.id())));
    Catalogue without = more.with(List.of(), List.of(item.id()));
    assertFalse(
        answering.answer(search(item.title(), ITEMS + 1, Set.of()), without).items().stream()
            .anyMatch(ranked -> ranked.item().equals(item.id())));
  }

  @Tag("B7")
  @Tag("B16")
  @Tag("case-13")
  @Test
  void answer_promptsThatSayTooLittle_arePopularItemsWithAStatus() {
    ItemId unknown = new ItemId("unknown");
    for (String blank :
        List.of("  ", "\u3000", "\u00A0", "\u200B\u200B", "\uFEFF", "\u00AD", "\0")) {
      assertPopular(Reply.Status.EMPTY_QUERY, Task.SEARCH, search(blank, 10, Set.of()));
    }
    assertPopular(
        Reply.Status.UNKNOWN_USER,
        Task.RECOMMENDATION,
        recommendation(List.of(), false, 10, Set.of()));
    assertPopular(
        Reply.Status.EMPTY_HISTORY,
        Task.RECOMMENDATION,
        recommendation(List.of(), true, 10, Set.of()));
    assertPopular(
        Reply.Status.UNKNOWN_ITEMS,
        Task.RECOMMENDATION,
        recommendation(List.of(unknown), true, 10, Set.of(TinyGeneration.itemId(1))));
    assertEquals(
        "item " + unknown + " is not in the catalogue, these are popular items",
        answering.answer(recommendation(List.of(unknown), true, 10, Set.of()), catalogue).detail());
  }

  private static void assertPopular(Reply.Status status, Task task, Prompt prompt) {
    Answer answer = answering.answer(prompt, catalogue);
    assertEquals(status, answer.status());
    assertFalse(answer.detail().isBlank());
    assertEquals(status, answer.reply().status());
    List<ItemId> expected =
        IntStream.range(0, ITEMS)
            .boxed()
            .filter(row -> !prompt.excluded().contains(catalogue.item(row)))
            .sorted(
                Comparator.<Integer>comparingDouble(row -> -catalogue.logPopularity(row, task))
                    .thenComparing(catalogue::item))
            .map(catalogue::item)
            .limit(prompt.k())
            .toList();
    assertEquals(expected, answer.items().stream().map(RankedItem::item).toList());
  }

  @Test
  void answer_manyThreads_eachGetsItsOwnAnswer() {
    List<Prompt> prompts =
        IntStream.range(0, 64)
            .mapToObj(i -> search("hello number " + i % 16, 10, Set.of()))
            .toList();
    List<Answer> alone = prompts.stream().map(p -> answering.answer(p, catalogue)).toList();
    List<Answer> together =
        prompts.parallelStream().map(p -> answering.answer(p, catalogue)).toList();
    assertEquals(alone, together);
  }

  @Test
  void answer_historyPartlyUnknown_usesTheKnownItems() {
    ItemId known = TinyGeneration.itemId(8);
    Answer alone = answering.answer(recommendation(List.of(known), true, 9, Set.of()), catalogue);
    Answer mixed =
        answering.answer(
            recommendation(List.of(known, new ItemId("unknown")), true, 9, Set.of()), catalogue);
    assertEquals(alone, mixed);
  }

  @Test
  void answer_emptyCatalogue_isAnEmptyAnswer() {
    Catalogue none = catalogue.with(List.of(), generation.assignments().items());
    Answer answer = answering.answer(search("hello", 10, Set.of()), none);
    assertEquals(Reply.Status.OK, answer.status());
    assertEquals(List.of(), answer.items());
  }

  @Test
  void answer_everythingExcluded_isAnEmptyAnswer() {
    Set<ItemId> all = Set.copyOf(generation.assignments().items());
    assertEquals(List.of(), answering.answer(search("hello", 10, all), catalogue).items());
    assertEquals(List.of(), answering.answer(search("", 10, all), catalogue).items());
  }

  @Test
  void rank_otherWeights_needNoNewCollection() {
    Candidates candidates = answering.collect(search("hello", 10, Set.of()), catalogue);
    List<RankedItem> dense = Retriever.rank(candidates, new RankingWeights(0, 1, 0, 1), 10);
    int[] nearest =
        catalogue.best(
            catalogue.cosines(PromptEncoder.of(generation).search("hello").vector()),
            10,
            row -> true);
    assertEquals(
        IntStream.of(nearest).mapToObj(catalogue::item).toList(),
        dense.stream().map(RankedItem::item).toList());
  }

  @Test
  void scores_helpForFreshItems_raisesThemAlone() {
    Candidates candidates = answering.collect(search("hello", 10, Set.of()), catalogue);
    RankingWeights weights = new RankingWeights(1, 10, 0.1, 0.05);
    double[] without = candidates.scores(weights);
    double[] with = candidates.scores(weights.with(RankingFeature.COLD, 0.6));
    for (int i = 0; i < with.length; i++) {
      boolean cold = catalogue.isCold(candidates.row(i));
      assertEquals(cold ? 0.6 : 0, with[i] - without[i], 1e-9);
    }
  }

  @Test
  void collect_coldItem_hasThePopularityThatItsTextPromises() {
    Item late = new Item(new ItemId("late"), "a film that came later", Map.of(), Map.of());
    CodedItem coded = generation.code(late, Optional.empty());
    Catalogue more = catalogue.with(List.of(coded), List.of());
    Prompt prompt = search(late.title(), ITEMS, Set.of());
    Candidates found = helping(0.1).collect(prompt, more);
    int at =
        IntStream.range(0, found.size())
            .filter(i -> found.item(i).equals(late.id()))
            .findFirst()
            .orElseThrow();
    assertEquals(
        generation.popularity().of(Task.SEARCH, coded.vector()),
        found.value(RankingFeature.PREDICTED_POPULARITY, at),
        1e-6);
    assertEquals(0, found.value(RankingFeature.POPULARITY, at));
    assertEquals(1, found.value(RankingFeature.COLD, at));
  }

  @Test
  void answer_newItemWithoutEvents_isRecommendedWhereItsTextFits() {
    int row = catalogue.row(TinyGeneration.itemId(8)).orElseThrow(); // by text alone
    Item twin =
        new Item(
            new ItemId("twin"),
            TinyGeneration.item(8).title(),
            TinyGeneration.item(8).texts(),
            TinyGeneration.item(8).attributes());
    CodedItem coded = generation.code(twin, Optional.empty());
    assertEquals(1, Vectors.dot(coded.vector(), catalogue.vector(row)), 1e-5);
    Catalogue more = catalogue.with(List.of(coded), List.of(TinyGeneration.itemId(8)));
    Prompt prompt = recommendation(List.of(TinyGeneration.itemId(1)), true, ITEMS / 2, Set.of());
    assertFalse(places(recommending(0), prompt, more).contains(twin.id()));
    assertTrue(places(recommending(30), prompt, more).contains(twin.id()));
  }

  private static List<ItemId> places(Retriever by, Prompt prompt, Catalogue from) {
    return by.answer(prompt, from).items().stream().map(RankedItem::item).limit(30).toList();
  }

  private static Retriever recommending(double boost) {
    return by(generation.queryLog(), RankingWeights.DEFAULT.with(RankingFeature.COLD, boost));
  }

  @Test
  void collect_helpForFreshItems_bringsThemAmongTheCandidates() {
    float[] cosines = catalogue.cosines(PromptEncoder.of(generation).search("hello").vector());
    int[] fresh = catalogue.bestCold(cosines, 5, row -> true);
    assertEquals(5, fresh.length);
    Candidates found = helping(0.1).collect(search("hello", 5, Set.of()), catalogue);
    List<ItemId> items = IntStream.range(0, found.size()).mapToObj(found::item).toList();
    assertTrue(items.containsAll(IntStream.of(fresh).mapToObj(catalogue::item).toList()));
  }

  private static Retriever helping(double fresh) {
    return by(generation.queryLog(), RankingWeights.DEFAULT.with(RankingFeature.COLD, fresh));
  }

  @Test
  void answer_longQuery_isRankedByWeightsOfItsOwn() {
    RankingWeights others = RankingWeights.DEFAULT.with(RankingFeature.DENSE, 3);
    Manifest.Ranking ranking =
        new Manifest.Ranking(
            RankingWeights.DEFAULT,
            Optional.of(new Manifest.LongQueries(3, others)),
            RankingWeights.DEFAULT,
            1,
            1,
            5);
    Retriever apart =
        new Retriever(
            PromptEncoder.of(generation),
            generation.generator(),
            generation.queryLog(),
            generation.itemTexts(),
            Neighbours.NONE,
            ranking);
    Map<String, Double> weights = Map.of("hello friends", 10.0, "hello again, friends", 3.0);
    weights.forEach(
        (query, dense) -> {
          Prompt prompt =
              new Prompt.ForSearch(query, 5, Set.of(), Optional.empty(), true, Selection.ALL);
          Answer answer = apart.answer(prompt, catalogue);
          assertEquals(dense, answer.explanation().orElseThrow().weights().get("dense"));
          assertSumsUp(answer);
        });
  }

  /** With one beam and one candidate by vector. */
  private static Retriever by(QueryLog past, RankingWeights search) {
    Manifest.Ranking ranking =
        new Manifest.Ranking(
            search,
            search
                .with(RankingFeature.QUERY_LOG, 0)
                .with(RankingFeature.QUERY_CLICKS, 0)
                .with(RankingFeature.WORDS, 0)
                .with(RankingFeature.TITLE, 0),
            1,
            1,
            5);
    return new Retriever(
        PromptEncoder.of(generation),
        generation.generator(),
        past,
        generation.itemTexts(),
        Neighbours.NONE,
        ranking);
  }

  @Test
  void answer_itemsClickedAfterTheQueryUpToNow_areFoundByTheHigherOfBothCounts() {
    ItemId trained = TinyGeneration.itemId(3); // clicked twice before the training
    ItemId live = TinyGeneration.itemId(ITEMS - 1);
    ItemId unknown = new ItemId("not coded yet");
    QueryLog log = QueryLog.of(ITEMS, List.of(new TermIndex.Text("Hello again", 3, 2)));
    Map<String, ClickedItems> now = new HashMap<>();
    Retriever clicked =
        new Retriever(
            PromptEncoder.of(generation),
            QueryCache.NONE,
            generation.generator(),
            new WordIndexes(log, generation.itemTexts()),
            new LiveCounts(Neighbours.NONE, query -> now.getOrDefault(query, ClickedItems.NONE)),
            ItemAttributes.NONE,
            new Manifest.Ranking(
                RankingWeights.DEFAULT
                    .with(RankingFeature.QUERY_LOG, 0)
                    .with(RankingFeature.QUERY_CLICKS, 1e9),
                RankingWeights.DEFAULT.with(RankingFeature.QUERY_LOG, 0),
                1,
                1,
                5));

    assertEquals(trained, first(clicked, "hello  AGAIN"));
    now.put("hello again", ClickedItems.of(Map.of(live, 1L, unknown, 9L)));
    assertEquals(trained, first(clicked, "hello  AGAIN"));
    now.put("hello again", ClickedItems.of(Map.of(live, 3L, trained, 1L)));
    assertEquals(live, first(clicked, "hello  AGAIN"));
    now.put("hello again", ClickedItems.of(Map.of(live, 3L, trained, 4L)));
    assertEquals(trained, first(clicked, "hello  AGAIN"));
    now.put("nothing of it", ClickedItems.of(Map.of(live, 1L)));
    assertEquals(live, first(clicked, "Nothing of it"));
  }

  private static ItemId first(Retriever retriever, String query) {
    return retriever
        .answer(new Prompt.ForSearch(query, 5, Set.of(), Optional.empty()), catalogue)
        .items()
        .get(0)
        .item();
  }

  @Test
  void answer_itemThatFollowedTheHistory_isRecommendedFirst() {
    ItemId from = TinyGeneration.itemId(7);
    ItemId to = TinyGeneration.itemId(ITEMS - 1);
    ItemId unknown = new ItemId("not coded yet");
    Neighbours neighbours =
        Neighbours.of(
            Map.of(
                from,
                new ItemNeighbours(
                    9, 0, List.of(new Neighbour(unknown, 5), new Neighbour(to, 3)))));
    RankingWeights heavy = RankingWeights.DEFAULT.with(RankingFeature.TRANSITIONS, 1e9);
    Manifest.Ranking ranking = new Manifest.Ranking(RankingWeights.DEFAULT, heavy, 1, 1, 5);
    Retriever following =
        new Retriever(
            PromptEncoder.of(generation),
            generation.generator(),
            generation.queryLog(),
            generation.itemTexts(),
            neighbours,
            ranking);

    Answer answer = following.answer(recommendation(List.of(from), true, 5, Set.of()), catalogue);
    assertEquals(to, answer.items().get(0).item());
    Answer without =
        following.answer(recommendation(List.of(from), true, 5, Set.of(to)), catalogue);
    assertTrue(without.items().stream().noneMatch(item -> item.item().equals(to)));
    Candidates found =
        following.collect(recommendation(List.of(from), true, 5, Set.of()), catalogue);
    assertTrue(found.has(RankingFeature.TRANSITIONS));
    assertFalse(
        following.collect(search("hello", 5, Set.of()), catalogue).has(RankingFeature.TRANSITIONS));
  }

  @Test
  void answer_titleTypedInFull_isFirst_alsoOfAnItemThatCameLater() {
    Retriever titles =
        by(generation.queryLog(), RankingWeights.DEFAULT.with(RankingFeature.TITLE, 1_000));
    Item late = new Item(new ItemId("late"), "The Late One (2026)", Map.of(), Map.of());
    Item renamed =
        new Item(TinyGeneration.itemId(5), "Another Name", Map.of(), Map.of("genre", List.of("x")));
    Catalogue more =
        catalogue.with(
            List.of(
                generation.code(late, Optional.empty()),
                generation.code(renamed, Optional.empty())),
            List.of());
    assertFirst(TinyGeneration.itemId(50), titles, "Film, number 50", more);
    assertFirst(new ItemId("late"), titles, "the late one", more);
    assertFirst(TinyGeneration.itemId(5), titles, "another NAME", more);
    Candidates old = titles.collect(search("film number 5", 5, Set.of()), more);
    assertFalse(old.has(RankingFeature.TITLE));
  }

  private static void assertFirst(ItemId item, Retriever by, String query, Catalogue catalogue) {
    Answer answer = by.answer(search(query, 5, Set.of()), catalogue);
    assertEquals(item, answer.items().get(0).item(), query);
  }

  @Test
  void scores_wordsOfAnItemThatCameLater_areThoseOfTheIndex() {
    Retriever reading =
        by(generation.queryLog(), RankingWeights.DEFAULT.with(RankingFeature.WORDS, 5));
    Item late = new Item(new ItemId("late"), "Zebra", Map.of("overview", "drama"), Map.of());
    CodedItem coded = generation.code(late, Optional.empty());
    Catalogue more = catalogue.with(List.of(coded), List.of());
    Candidates candidates = reading.collect(search("zebra drama", 10, Set.of()), more);
    int at =
        IntStream.range(0, candidates.size())
            .filter(i -> candidates.item(i).equals(late.id()))
            .findFirst()
            .orElseThrow();
    double expected =
        generation
            .itemTexts()
            .terms()
            .query("zebra drama")
            .score(ItemTexts.counts(coded.words().orElseThrow()));
    assertEquals(expected, candidates.value(RankingFeature.WORDS, at), 1e-6);
    double gained =
        candidates.scores(RankingWeights.DEFAULT.with(RankingFeature.WORDS, 5))[at]
            - candidates.scores(RankingWeights.DEFAULT)[at];
    assertEquals(5 * expected, gained, 1e-5);
  }

  @Test
  void answer_queryThatFoundAnItemBefore_findsItFirst() {
    Retriever remembering =
        by(generation.queryLog(), RankingWeights.DEFAULT.with(RankingFeature.QUERY_LOG, 1_000));
    for (int number : new int[] {1, 50, 119}) {
      Prompt prompt = search("Film Nr. " + number, 5, Set.of());
      assertEquals(
          TinyGeneration.itemId(number),
          remembering.answer(prompt, catalogue).items().get(0).item());
    }
  }

  @Test
  void answer_itemFoundBeforeButExcludedOrRemoved_isNotThere() {
    Retriever remembering =
        by(generation.queryLog(), RankingWeights.DEFAULT.with(RankingFeature.QUERY_LOG, 1_000));
    ItemId found = TinyGeneration.itemId(50);
    Catalogue without = catalogue.with(List.of(), List.of(found, TinyGeneration.itemId(3)));
    for (Answer answer :
        List.of(
            remembering.answer(search("film nr. 50", 30, Set.of(found)), catalogue),
            remembering.answer(search("film nr. 50", 30, Set.of()), without))) {
      assertTrue(answer.items().stream().noneMatch(item -> item.item().equals(found)));
    }
    assertEquals(
        TinyGeneration.itemId(119), // the row that moved into a gap
        remembering.answer(search("film nr. 119", 5, Set.of()), without).items().get(0).item());
  }

  @Test
  void answer_pastSearchesOfNoWeight_changeNothing() {
    RankingWeights weights = RankingWeights.DEFAULT;
    for (String query : List.of("film nr. 50", "kind 1", "hello")) {
      Prompt prompt = search(query, 30, Set.of());
      assertEquals(
          by(QueryLog.of(0, List.of()), weights).answer(prompt, catalogue),
          by(generation.queryLog(), weights).answer(prompt, catalogue));
    }
  }

  @Test
  void scores_pastSearches_addTheirShare() {
    Retriever remembering =
        by(generation.queryLog(), RankingWeights.DEFAULT.with(RankingFeature.QUERY_LOG, 3));
    Candidates candidates = remembering.collect(search("kind 1", 10, Set.of()), catalogue);
    double[] past = generation.queryLog().terms().scores("kind 1");
    double[] without = candidates.scores(RankingWeights.DEFAULT);
    double[] with = candidates.scores(RankingWeights.DEFAULT.with(RankingFeature.QUERY_LOG, 3));
    int found = 0;
    for (int i = 0; i < with.length; i++) {
      double own = past[generation.assignments().items().indexOf(candidates.item(i))];
      assertEquals(own, candidates.value(RankingFeature.QUERY_LOG, i), 1e-6);
      assertEquals(3 * own, with[i] - without[i], 1e-5);
      found += own > 0 ? 1 : 0;
    }
    assertTrue(found >= 10, "the best by query log are candidates");
  }

  @Test
  void answer_queryThatLedToClicks_findsWhatWasClickedMostFirst() {
    List<TermIndex.Text> found =
        List.of(
            new TermIndex.Text("old heist", 50, 3),
            new TermIndex.Text("old heist", 3, 1),
            new TermIndex.Text("old, old heist heist", 119, 90));
    Retriever clicked =
        by(
            QueryLog.of(ITEMS, found),
            RankingWeights.DEFAULT.with(RankingFeature.QUERY_CLICKS, 1_000));
    Prompt prompt =
        new Prompt.ForSearch("Old Heist", 5, Set.of(), Optional.empty(), true, Selection.ALL);
    Answer answer = clicked.answer(prompt, catalogue);

    assertEquals(TinyGeneration.itemId(50), answer.items().get(0).item());
    assertEquals(TinyGeneration.itemId(3), answer.items().get(1).item());
    Explanation explanation = answer.explanation().orElseThrow();
    assertEquals(Math.log(4), explanation.features().get(0).get("query_clicks"), 1e-6);
    assertEquals(0, explanation.features().get(2).get("query_clicks"));
    assertSumsUp(answer);
    Candidates ofHistory =
        clicked.collect(
            recommendation(List.of(TinyGeneration.itemId(7)), true, 5, Set.of()), catalogue);
    assertFalse(ofHistory.has(RankingFeature.QUERY_CLICKS));
  }

  @Test
  void collect_history_doesNotAskPastSearches() {
    Prompt prompt = recommendation(List.of(TinyGeneration.itemId(7)), true, 20, Set.of());
    Candidates candidates = answering.collect(prompt, catalogue);
    assertTrue(
        IntStream.range(0, candidates.size())
            .allMatch(i -> candidates.value(RankingFeature.QUERY_LOG, i) == 0));
  }

  @Test
  void answer_pastSearchesOfOtherItems_areRefused() {
    QueryLog other = QueryLog.of(2, List.of(new TermIndex.Text("a", 0, 1)));
    Retriever mixed = by(other, RankingWeights.DEFAULT);
    Prompt prompt = search("a", 1, Set.of());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> mixed.answer(prompt, catalogue));
    assertEquals("generation 12: 2 numbers, corpus has 120 items", e.getMessage());
  }

  private static Prompt search(String query, int k, Set<ItemId> excluded) {
    return new Prompt.ForSearch(query, k, excluded, Optional.empty());
  }

  private static Prompt recommendation(
      List<ItemId> history, boolean userKnown, int k, Set<ItemId> excluded) {
    return new Prompt.ForRecommendation(history, userKnown, k, excluded, Optional.empty());
  }
}
