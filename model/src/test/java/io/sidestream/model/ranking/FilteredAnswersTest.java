package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.Explanation;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemBoost;
import io.sidestream.schemas.ItemFilter;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilteredAnswersTest {
  private static final int ITEMS = 120;

  @TempDir static Path root;
  private static OpenGeneration generation;
  private static Catalogue catalogue;
  private static final Map<ItemId, Map<String, List<String>>> ATTRIBUTES = new HashMap<>();
  private static Retriever retriever;

  @BeforeAll
  static void open() throws IOException {
    Path bundle = new TinyGeneration(new Generation(12), ITEMS, 9).publish(root);
    generation = BundleReader.open(bundle, OnnxSessions.cpu(1));
    catalogue = Catalogue.of(generation);
    for (int i = 0; i < ITEMS; i++) {
      ATTRIBUTES.put(
          TinyGeneration.itemId(i),
          Map.of("number", List.of(Integer.toString(i)), "kind", List.of(i % 2 == 0 ? "a" : "b")));
    }
    retriever =
        new Retriever(
            generation,
            LiveCounts.NONE,
            item -> Optional.ofNullable(ATTRIBUTES.get(item)),
            QueryCache.NONE);
  }

  @AfterAll
  static void close() {
    generation.close();
  }

  /** Law: no answer holds what a filter forbids, and none is shorter than it must be. */
  @Test
  void answer_anyFilter_holdsEligibleItemsAndAsManyAsThereAre() {
    long seed = Long.getLong("seed", 20_260_101L);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 60; round++) {
      int from = random.nextInt(ITEMS);
      int to = from + random.nextInt(ITEMS / (1 + random.nextInt(30)) + 1);
      List<ItemFilter> filters = new ArrayList<>(List.of(within(from, to)));
      if (random.nextBoolean()) {
        filters.add(none("kind", "b"));
      }
      Set<ItemId> excluded = Set.of(TinyGeneration.itemId(random.nextInt(ITEMS)));
      Set<ItemId> allowed = allowed(filters);
      allowed.removeAll(excluded);
      Selection selection = new Selection(filters, 0);
      for (Prompt prompt : prompts(20, excluded, selection)) {
        List<ItemId> items = items(retriever.answer(prompt, catalogue).items());
        assertTrue(allowed.containsAll(items), "seed " + seed + " round " + round);
        assertEquals(Math.min(20, allowed.size()), items.size(), "seed " + seed);
      }
    }
  }

  @Test
  void collect_filter_masksTheTrie() {
    Selection few = new Selection(List.of(within(3, 14)), 0);
    Candidates found =
        retriever.collect(
            new Prompt.ForSearch("hello", 5, Set.of(), Optional.empty(), false, few), catalogue);

    assertTrue(!found.beams().isEmpty());
    for (Beam beam : found.beams()) {
      assertTrue(
          IntStream.of(catalogue.rows(beam.leaf()))
              .anyMatch(row -> allowed(few.filters()).contains(catalogue.item(row))));
    }
  }

  @Test
  void answer_pages_joinToTheLongAnswer() {
    for (double diversity : new double[] {0, 0.5}) {
      assertPagesJoin(diversity);
    }
    Prompt beyond =
        new Prompt.ForSearch(
            "hello", 5, Set.of(), Optional.empty(), false, new Selection(List.of(), 999));
    assertEquals(List.of(), answer(beyond));
  }

  private static void assertPagesJoin(double diversity) {
    List<Prompt> first = prompts(10, Set.of(), new Selection(List.of(), 0, diversity));
    List<Prompt> second = prompts(10, Set.of(), new Selection(List.of(), 10, diversity));
    List<Prompt> both = prompts(20, Set.of(), new Selection(List.of(), 0, diversity));
    for (int i = 0; i < first.size(); i++) {
      List<ItemId> pages = new ArrayList<>(items(answer(first.get(i))));
      pages.addAll(items(answer(second.get(i))));
      assertEquals(items(answer(both.get(i))), pages);
    }
  }

  @Test
  void answer_boost_movesItemsThatMeetItsConditionUpOrDown() {
    ItemFilter condition = within(3, 14);
    Set<ItemId> boosted = allowed(List.of(condition));
    Set<ItemId> excluded = Set.of(TinyGeneration.itemId(1));
    for (Prompt prompt : prompts(12, excluded, boost(condition, 1_000))) {
      assertEquals(boosted, Set.copyOf(items(answer(prompt))));
    }
    for (Prompt prompt : prompts(ITEMS, excluded, boost(condition, -1_000))) {
      List<ItemId> items = items(answer(prompt));
      assertEquals(ITEMS - 1, items.size());
      assertEquals(boosted, Set.copyOf(items.subList(ITEMS - 13, ITEMS - 1)));
    }
  }

  @Test
  void answer_boostOfNothing_isThePlainAnswer() {
    List<Prompt> plain = prompts(20, Set.of(), Selection.ALL);
    List<Prompt> boosted = prompts(20, Set.of(), boost(within(500, 600), 1));
    for (int i = 0; i < plain.size(); i++) {
      assertEquals(answer(plain.get(i)), answer(boosted.get(i)));
    }
  }

  private static Selection boost(ItemFilter condition, double addend) {
    return new Selection(List.of(), 0, 0, List.of(new ItemBoost(condition, addend)));
  }

  @Test
  void answer_explainedWithAllOfIt_sumsUpToTheScores() {
    ItemBoost boost = new ItemBoost(none("kind", "b"), 0.5);
    Selection all = new Selection(List.of(within(10, 90)), 5, 0.3, List.of(boost));
    Answer answer =
        retriever.answer(
            new Prompt.ForSearch("hello friends", 20, Set.of(), Optional.empty(), true, all),
            catalogue);

    Explanation explanation = answer.explanation().orElseThrow();
    for (int i = 0; i < answer.items().size(); i++) {
      double sum = 0;
      for (var feature : explanation.features().get(i).entrySet()) {
        sum += explanation.weights().get(feature.getKey()) * feature.getValue();
      }
      RankedItem item = answer.items().get(i);
      assertEquals(item.score(), sum, 1e-9);
      boolean even = ATTRIBUTES.get(item.item()).get("kind").equals(List.of("a"));
      assertEquals(even ? 0.5 : 0, explanation.features().get(i).get("boost"));
    }
    assertEquals(0.7, explanation.weights().get("boost"), 1e-9);
  }

  @Test
  void answer_itemWithUnknownAttributes_passesNoFilter() {
    Retriever knowsNone = new Retriever(generation, Neighbours.NONE);
    Selection none = new Selection(List.of(none("kind", "b")), 0);
    for (Prompt prompt : prompts(5, Set.of(), none)) {
      assertEquals(List.of(), knowsNone.answer(prompt, catalogue).items());
    }
  }

  private static List<RankedItem> answer(Prompt prompt) {
    return retriever.answer(prompt, catalogue).items();
  }

  /** One of each kind of answer: ranked search and recommendation, popular items. */
  private static List<Prompt> prompts(int k, Set<ItemId> excluded, Selection selection) {
    return List.of(
        new Prompt.ForSearch("hello friends", k, excluded, Optional.empty(), false, selection),
        new Prompt.ForSearch("", k, excluded, Optional.empty(), false, selection),
        new Prompt.ForRecommendation(
            List.of(TinyGeneration.itemId(1)),
            true,
            k,
            excluded,
            Optional.empty(),
            false,
            selection),
        new Prompt.ForRecommendation(
            List.of(), false, k, excluded, Optional.empty(), false, selection));
  }

  private static ItemFilter within(double from, double to) {
    return new ItemFilter("number", List.of(), List.of(), Optional.of(from), Optional.of(to));
  }

  private static ItemFilter none(String attribute, String value) {
    return new ItemFilter(attribute, List.of(), List.of(value), Optional.empty(), Optional.empty());
  }

  private static Set<ItemId> allowed(List<ItemFilter> filters) {
    Set<ItemId> allowed = new HashSet<>();
    ATTRIBUTES.forEach(
        (item, attributes) -> {
          if (filters.stream()
              .allMatch(filter -> filter.allows(attributes.get(filter.attribute())))) {
            allowed.add(item);
          }
        });
    return allowed;
  }

  private static List<ItemId> items(List<RankedItem> ranked) {
    return ranked.stream().map(RankedItem::item).toList();
  }
}
