package io.sidestream.learning.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.corpus.TinyCorpus;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.evaluation.HeldOutSettings;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExamplesTest {
  private static final ItemRows ROWS =
      new ItemRows(List.of("a", "b", "c", "d").stream().map(ExamplesTest::item).toList());

  @Test
  void pseudoQueries_itemsWords_areTitleThenSentences() {
    Item item =
        new Item(
            new ItemId("x"),
            "The Long Night (1947)",
            Map.of("overview", "A man waits.  Nobody comes to see him! Then it is morning."),
            Map.of());
    assertEquals(List.of("The Long Night"), PseudoQueries.of(item, 0));
    assertEquals(
        List.of("The Long Night", "A man waits.", "Nobody comes to see him!"),
        PseudoQueries.of(item, 2));
  }

  @Test
  void pseudoQueries_scriptWithoutBlanks_areItsSentences() {
    Item item = new Item(new ItemId("x"), "東京物語", Map.of("overview", "夜が長い町。誰も来ない！朝。"), Map.of());
    assertEquals(List.of("東京物語", "夜が長い町。", "誰も来ない！"), PseudoQueries.of(item, 9));
    String film = "🎬".repeat(150);
    Item even = new Item(new ItemId("y"), "t", Map.of("o", "a b " + film), Map.of());
    assertEquals(200, PseudoQueries.of(even, 1).get(1).length());
    Item odd = new Item(new ItemId("z"), "t", Map.of("o", "a bc " + film), Map.of());
    assertEquals("a bc " + "🎬".repeat(97), PseudoQueries.of(odd, 1).get(1));
  }

  @Test
  void pseudoQueries_titleThatIsAYear_isOne() {
    Item year = new Item(new ItemId("x"), "(2012)", Map.of(), Map.of());
    assertEquals(List.of("(2012)"), PseudoQueries.of(year, 2));
    Item both = new Item(new ItemId("y"), "1984 (1984)", Map.of(), Map.of());
    assertEquals(List.of("1984"), PseudoQueries.of(both, 2));
  }

  @Test
  void damping_busyPerson_countsLessPerSearch() {
    List<Search> searches = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      searches.add(search("by one " + i, Optional.of(new UserId("busy"))));
    }
    searches.add(search("by nobody", Optional.empty()));
    double mean = (16 * 0.5 + 1) / 17;

    Map<Pair, Double> damping = QueryPool.damping(searches);

    assertEquals(17, damping.size());
    assertEquals(0.5 / mean, damping.get(pair("by one 3")), 1e-12);
    assertEquals(1 / mean, damping.get(pair("by nobody")), 1e-12);
  }

  private static Search search(String query, Optional<UserId> user) {
    return new Search(query, new ItemId("a"), user, Instant.EPOCH);
  }

  private static Pair pair(String query) {
    return new Pair.QueryItem(query, new ItemId("a"));
  }

  @Test
  void histories_repeats_areNoStepsButMoveToTheEnd() {
    List<Histories.Example> steps =
        new Histories(2, 100, 100).of(views("a", "b", "a", "c", "d"), ROWS, 1);
    assertEquals(
        List.of(
            new Histories.Example(List.of(0), 1),
            new Histories.Example(List.of(1, 0), 2),
            new Histories.Example(List.of(0, 2), 3)),
        steps);
  }

  @Test
  void histories_busyPerson_isCapped_andSoAreAll() {
    assertEquals(2, new Histories(9, 2, 100).of(views("a", "b", "c", "d"), ROWS, 1).size());
    assertEquals(1, new Histories(9, 100, 1).of(views("a", "b", "c", "d"), ROWS, 1).size());
    assertEquals(3, new Histories(9, 2, 100).of(views("a", "b", "c", "d"), ROWS, 1).get(1).next());
  }

  @Test
  void pseudoHistories_nearestNeighbours_nearestLast() {
    float[][] vectors = {{1, 0}, {0.9f, 0.436f}, {0, 1}};
    List<Histories.Example> steps = new ArrayList<>(PseudoHistories.of(vectors, 1));
    assertTrue(steps.contains(new Histories.Example(List.of(2, 1), 0)), steps.toString());
    assertEquals(List.of(), PseudoHistories.of(new float[][] {{1, 0}}, 1));
  }

  @Test
  void queryPool_heldOutSearches_areNotAmongTheQueries() {
    Corpus corpus = TinyCorpus.of(40, 30, WindowLimits.DEFAULT, 5);
    HeldOutSettings settings = new HeldOutSettings(4, 10, 10, 0.2, 10, 50, 50);
    HeldOut heldOut = HeldOut.split(corpus, settings, WindowLimits.DEFAULT, 1);
    QueryPool pool =
        QueryPool.of(
            heldOut.training(), new ItemRows(corpus.items()), new ExampleSettings(0, 0.5, 10, 10));
    Set<String> learned =
        pool.chosen().stream()
            .map(one -> pool.queries().get(one.query()) + " > " + one.row())
            .collect(Collectors.toSet());
    for (EvaluationCase one : heldOut.test()) {
      if (one.exposure().newPair()) {
        String query = one.query().fold(EvaluationQuery.Query::text, history -> "");
        assertFalse(learned.contains(NormalizedQuery.of(query) + " > " + one.relevant()));
      }
    }
  }

  private static List<Interaction> views(String... items) {
    List<Interaction> views = new ArrayList<>();
    for (String item : items) {
      Instant at = Instant.ofEpochSecond(views.size());
      views.add(new Interaction(new UserId("u"), new ItemId(item), "view", 1, at));
    }
    return views;
  }

  private static Item item(String id) {
    return new Item(new ItemId(id), id, Map.of(), Map.of());
  }
}
