package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.generator.Task;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Explanation;
import io.sidestream.schemas.Explanation.Attribution;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Neighbour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds that what is attributed sums up to the features that are sums. */
class AttributingTest {
  private static final int ITEMS = 120;
  private static final double TOLERANCE = 1e-5;
  private static final List<ItemId> HISTORY =
      List.of(
          TinyGeneration.itemId(7),
          new ItemId("gone"),
          TinyGeneration.itemId(9),
          TinyGeneration.itemId(7),
          TinyGeneration.itemId(30));

  @TempDir static Path root;
  private static OpenGeneration generation;
  private static Catalogue catalogue;

  @BeforeAll
  static void open() throws IOException {
    Path bundle = new TinyGeneration(new Generation(12), ITEMS, 9).publish(root);
    generation = BundleReader.open(bundle, OnnxSessions.cpu(1));
    catalogue = Catalogue.of(generation);
  }

  @AfterAll
  static void close() {
    generation.close();
  }

  @Test
  void answer_history_isAttributedToItsItems() {
    Answer answer = retriever().answer(recommendation(HISTORY), catalogue);
    Explanation explanation = answer.explanation().orElseThrow();

    assertEquals(Explanation.MAX_ATTRIBUTED_ITEMS, explanation.attributions().size());
    int followed = 0;
    int cold = 0;
    for (int i = 0; i < explanation.attributions().size(); i++) {
      assertSums(explanation, i, Set.of("dense", "cold_dense", "transitions"));
      List<Attribution> all = explanation.attributions().get(i);
      assertTrue(all.stream().allMatch(one -> one.kind().equals(Attribution.ITEM)));
      assertTrue(
          all.stream()
              .filter(one -> one.feature().equals("dense"))
              .map(Attribution::name)
              .allMatch(name -> HISTORY.contains(new ItemId(name)) && !name.equals("gone")));
      followed += all.stream().anyMatch(one -> one.feature().equals("transitions")) ? 1 : 0;
      cold += all.stream().anyMatch(one -> one.feature().equals("cold_dense")) ? 1 : 0;
    }
    assertTrue(followed > 0 && cold > 0, followed + " followed, " + cold + " are cold");
  }

  @Test
  void answer_search_isAttributedToWordsAndToQueriesOfTheLog() {
    Item late = new Item(new ItemId("late"), "Film Nr", Map.of(), Map.of());
    CodedItem coded = generation.code(late, Optional.empty());
    Catalogue more = catalogue.with(List.of(coded), List.of());
    Answer answer = retriever().answer(search("film nr", 50), more);
    Explanation explanation = answer.explanation().orElseThrow();

    int named = 0;
    for (int i = 0; i < explanation.attributions().size(); i++) {
      assertSums(explanation, i, Set.of("words"));
      for (Attribution one : explanation.attributions().get(i)) {
        if (one.feature().equals("query_log")) {
          assertEquals(Attribution.QUERY, one.kind());
          assertEquals("film nr. " + number(answer, i), one.name());
          assertEquals(explanation.features().get(i).get("query_log"), one.value(), TOLERANCE);
          named++;
        } else {
          assertTrue(Set.of("film", "nr").contains(one.name()), one.name());
        }
      }
    }
    assertTrue(named > 10, named + " items have a query of the log");
    int place = answer.items().stream().map(one -> one.item()).toList().indexOf(late.id());
    assertEquals(2, explanation.attributions().get(place).size());
  }

  @Test
  void answer_queryOfTheLog_isNamedForTheClicksAfterIt() {
    Answer answer = retriever().answer(search("Film nr 7", 50), catalogue);
    Explanation explanation = answer.explanation().orElseThrow();

    List<Attribution> clicks =
        explanation.attributions().stream()
            .flatMap(List::stream)
            .filter(one -> one.feature().equals("query_clicks"))
            .toList();
    assertEquals(1, clicks.size());
    assertEquals(Attribution.QUERY, clicks.get(0).kind());
    assertEquals("Film nr 7", clicks.get(0).name());
    assertEquals(Math.log(3), clicks.get(0).value(), TOLERANCE);
  }

  @Test
  void answer_longHistory_namesTheItemsThatCountMost() {
    int length = Attributing.MAX_NAMED + 5;
    ItemId scored = TinyGeneration.itemId(60);
    Map<ItemId, ItemNeighbours> neighbours = new HashMap<>();
    List<ItemId> history = IntStream.range(0, length).mapToObj(TinyGeneration::itemId).toList();
    history.forEach(
        item ->
            neighbours.put(
                item, new ItemNeighbours(1_000_000, 0, List.of(new Neighbour(scored, 1_000_000)))));
    Explanation explanation =
        retriever(Neighbours.of(neighbours))
            .answer(recommendation(history), catalogue)
            .explanation()
            .orElseThrow();

    List<Attribution> of =
        explanation.attributions().stream()
            .flatMap(List::stream)
            .filter(one -> one.feature().equals("transitions"))
            .toList();
    assertEquals(Attributing.MAX_NAMED, of.size());
    assertEquals(history.get(length - 1).value(), of.get(0).name());
  }

  @Test
  void answer_featuresWithoutWeight_areNotAttributed() {
    Manifest.Ranking ranking =
        new Manifest.Ranking(RankingWeights.DEFAULT, RankingWeights.DEFAULT, 10, 20, 5);
    Explanation explanation =
        retriever(ranking, Neighbours.NONE)
            .answer(search("film nr", 50), catalogue)
            .explanation()
            .orElseThrow();

    assertTrue(explanation.attributions().stream().allMatch(List::isEmpty));
  }

  private static int number(Answer answer, int place) {
    return Integer.parseInt(answer.items().get(place).item().value().substring("film-".length()));
  }

  /** The addends of these features sum up to their values, where there are any. */
  private static void assertSums(Explanation explanation, int place, Set<String> features) {
    for (String feature : features) {
      double sum =
          explanation.attributions().get(place).stream()
              .filter(one -> one.feature().equals(feature))
              .mapToDouble(Attribution::value)
              .sum();
      assertEquals(explanation.features().get(place).get(feature), sum, TOLERANCE, feature);
    }
  }

  private static Retriever retriever() {
    Map<ItemId, ItemNeighbours> neighbours = new HashMap<>();
    for (int row = 0; row < ITEMS; row++) {
      List<Neighbour> best =
          IntStream.rangeClosed(1, 20)
              .map(i -> 21 - i)
              .mapToObj(n -> new Neighbour(TinyGeneration.itemId((31 * n) % ITEMS), n * 100_000))
              .toList();
      neighbours.put(
          TinyGeneration.itemId(row), new ItemNeighbours(9_000_000 + row, 1_000 * row, best));
    }
    return retriever(Neighbours.of(neighbours));
  }

  private static Retriever retriever(Neighbours neighbours) {
    return retriever(
        new Manifest.Ranking(weights(Task.SEARCH), weights(Task.RECOMMENDATION), 10, 20, 5),
        neighbours);
  }

  private static Retriever retriever(Manifest.Ranking ranking, Neighbours neighbours) {
    return new Retriever(
        PromptEncoder.of(generation),
        QueryCache.NONE,
        generation.generator(),
        WordIndexes.of(generation),
        LiveCounts.of(neighbours),
        ItemAttributes.NONE,
        ranking);
  }

  /** On all features of a task; what is tested comes first. */
  private static RankingWeights weights(Task task) {
    RankingWeights weights = RankingWeights.DEFAULT;
    for (RankingFeature feature : RankingFeature.values()) {
      weights = weights.with(feature, feature.isOf(task) ? 0.5 : 0);
    }
    return task == Task.SEARCH
        ? weights.with(RankingFeature.TITLE, 100)
        : weights.with(RankingFeature.TRANSITIONS, 100).with(RankingFeature.COLD, 10);
  }

  private static Prompt search(String query, int k) {
    return new Prompt.ForSearch(query, k, Set.of(), Optional.empty(), true);
  }

  private static Prompt recommendation(List<ItemId> history) {
    return new Prompt.ForRecommendation(history, true, 60, Set.of(), Optional.empty(), true);
  }
}
