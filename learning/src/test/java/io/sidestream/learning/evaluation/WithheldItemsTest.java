package io.sidestream.learning.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.corpus.TinyCorpus;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.WindowLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WithheldItemsTest {
  private static final Corpus CORPUS = TinyCorpus.of(100, 400, WindowLimits.DEFAULT, 3);
  private static final ItemRows ROWS = new ItemRows(CORPUS.items());

  @Test
  void draw_corpus_withholdsAShareOfTheItemsWithEvents() {
    Corpus some =
        new Corpus(CORPUS.items(), CORPUS.interactions().subList(0, 300), List.of(), List.of());
    Set<Integer> met =
        some.interactions().stream()
            .map(one -> ROWS.row(one.item()).orElseThrow())
            .collect(Collectors.toSet());
    WithheldItems drawn = WithheldItems.draw(some, ROWS, 60, 7);
    assertEquals(Math.round(WithheldItems.SHARE * met.size()), drawn.rows().size());
    assertTrue(met.containsAll(drawn.rows()));
    assertEquals(drawn, WithheldItems.draw(some, ROWS, 60, 7));
    assertNotEquals(drawn.rows(), WithheldItems.draw(some, ROWS, 60, 8).rows());
  }

  @Test
  void draw_noEvents_isNothing() {
    Corpus none = new Corpus(CORPUS.items(), List.of(), List.of(), List.of());
    assertEquals(new WithheldItems(Set.of(), List.of()), WithheldItems.draw(none, ROWS, 60, 7));
  }

  @Test
  void cases_interactions_haveTheHistoryBeforeThem() {
    Map<UserId, List<Integer>> events = new LinkedHashMap<>();
    for (Interaction one : CORPUS.interactions()) {
      events
          .computeIfAbsent(one.user(), user -> new ArrayList<>())
          .add(ROWS.row(one.item()).orElseThrow());
    }
    WithheldItems drawn = WithheldItems.draw(CORPUS, ROWS, 60, 7);
    List<EvaluationCase> cases = EvaluationCase.of(Task.RECOMMENDATION, drawn.cases());
    assertFalse(cases.isEmpty());
    for (EvaluationCase one : cases) {
      assertTrue(drawn.rows().contains(one.relevant()));
      List<Integer> history = one.query().fold(query -> List.of(), past -> past.rows());
      assertTrue(
          events.values().stream()
              .filter(rows -> rows.contains(one.relevant()))
              .map(rows -> rows.subList(0, rows.indexOf(one.relevant())))
              .anyMatch(rows -> eachOnceTheMostRecentLast(rows).equals(history)));
    }
  }

  @Test
  void cases_searches_areOfWithheldItems() {
    WithheldItems drawn = WithheldItems.draw(CORPUS, ROWS, 60, 7);
    List<EvaluationCase> cases = EvaluationCase.of(Task.SEARCH, drawn.cases());
    assertFalse(cases.isEmpty());
    Set<ItemId> items = drawn.rows().stream().map(ROWS.ids()::get).collect(Collectors.toSet());
    Set<String> queries =
        CORPUS.searches().stream()
            .filter(one -> items.contains(one.clicked()))
            .map(one -> one.query())
            .collect(Collectors.toSet());
    for (EvaluationCase one : cases) {
      assertTrue(queries.contains(one.query().<String>fold(query -> query.text(), past -> "")));
    }
  }

  @Test
  void cases_moreThanTheLimits_areCut() {
    Set<Integer> all = new HashSet<>();
    for (int row = 0; row < ROWS.size(); row++) {
      all.add(row);
    }
    SplittableRandom random = new SplittableRandom(1);
    List<EvaluationCase> cut = WithheldItems.cases(CORPUS, ROWS, all, 30, 2, random);
    assertEquals(30, EvaluationCase.of(Task.RECOMMENDATION, cut).size());
    assertEquals(30, EvaluationCase.of(Task.SEARCH, cut).size());
    List<EvaluationCase> two = WithheldItems.cases(CORPUS, ROWS, all, 10_000, 2, random);
    assertEquals(800, EvaluationCase.of(Task.SEARCH, two).size());
    WithheldItems drawn = WithheldItems.draw(CORPUS, ROWS, 60, 7);
    for (Task task : Task.values()) {
      assertTrue(EvaluationCase.of(task, drawn.cases()).size() <= WithheldItems.MAX_CASES);
    }
  }

  private static List<Integer> eachOnceTheMostRecentLast(List<Integer> rows) {
    List<Integer> once = new ArrayList<>();
    for (Integer row : rows) {
      once.remove(row);
      once.add(row);
    }
    return once;
  }
}
