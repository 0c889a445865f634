package io.sidestream.model.terms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.Explanation.Attribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoggedQueriesTest {
  private static final List<String> WORDS = List.of("heist", "dream", "red", "car", "space");

  @Test
  void addends_allQueriesKept_sumUpToTheScore() {
    long seed = System.nanoTime();
    System.out.println("addends_allQueriesKept_sumUpToTheScore seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int items = 1 + random.nextInt(8);
      List<TermIndex.Text> found = new ArrayList<>();
      for (int item = 0; item < items; item++) {
        for (String query : queries(random)) {
          found.add(new TermIndex.Text(query, item, 2 + random.nextInt(random.nextInt(500) + 1)));
        }
      }
      TermIndex index = TermIndex.of(items, found);
      LoggedQueries logged = LoggedQueries.of(items, found);
      String asked = String.join(" ", queries(random));
      TermIndex.Query query = index.query(asked);
      Map<Integer, Map<String, Double>> ofTerms =
          query.addends(IntStream.range(0, items).boxed().collect(Collectors.toSet()));
      double[] scores = index.scores(asked);
      for (int item = 0; item < items; item++) {
        Map<String, Double> terms = ofTerms.getOrDefault(item, Map.of());
        assertEquals(scores[item], sum(terms), 1e-9);
        assertEquals(scores[item], sum(logged.addends(item, index, query, terms)), 1e-4);
      }
    }
  }

  private static Set<String> queries(Random random) {
    return IntStream.range(0, 1 + random.nextInt(6))
        .mapToObj(i -> WORDS.get(random.nextInt(5)) + " " + WORDS.get(random.nextInt(WORDS.size())))
        .collect(Collectors.toSet());
  }

  private static double sum(Map<String, Double> addends) {
    return addends.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  @Test
  void of_queriesOfOneItem_keepsTheMostCountedOfThemThatMayBeNamed() {
    List<TermIndex.Text> found = new ArrayList<>();
    for (int i = 0; i <= LoggedQueries.MAX_OF_ITEM; i++) {
      found.add(new TermIndex.Text("query " + (char) ('a' + i), 1, 100 - i));
    }
    found.add(new TermIndex.Text("once", 0, LoggedQueries.MIN_COUNT - 1));
    found.add(new TermIndex.Text("twice", 0, LoggedQueries.MIN_COUNT));
    found.add(new TermIndex.Text("x".repeat(Attribution.MAX_NAME + 1), 0, 50));
    LoggedQueries logged = LoggedQueries.of(2, found);

    assertArrayEquals(new int[] {0, 1, 1 + LoggedQueries.MAX_OF_ITEM}, logged.starts());
    assertEquals("twice", logged.queries().get(0));
    assertEquals("query a", logged.queries().get(1));
    assertEquals(100, logged.counts()[1]);
    assertEquals(53, logged.lengths()[0]);
  }

  @Test
  void of_moreThanAllThatAreKept_keepsTheMostCounted() {
    int items = LoggedQueries.MAX_ENTRIES / LoggedQueries.MAX_OF_ITEM + 1;
    List<TermIndex.Text> found = new ArrayList<>();
    for (int item = 0; item < items; item++) {
      for (int i = 0; i < LoggedQueries.MAX_OF_ITEM; i++) {
        found.add(new TermIndex.Text("q" + i, item, item == 0 ? 2 : 3));
      }
    }
    LoggedQueries logged = LoggedQueries.of(items, found);

    assertEquals(LoggedQueries.MAX_ENTRIES, logged.queries().size());
    assertEquals(0, logged.starts()[1]);
  }

  @Test
  void constructor_columnsThatDoNotFit_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoggedQueries(List.of("a"), new int[] {0, 0}, new int[] {2}, new float[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoggedQueries(List.of("a"), new int[] {0, 1}, new int[0], new float[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoggedQueries(List.of("a"), new int[] {0, 1}, new int[] {0}, new float[1]));
  }

  @Test
  void none_anyItem_namesNothing() {
    TermIndex index = TermIndex.of(1, List.of(new TermIndex.Text("heist", 0, 2)));
    assertEquals(
        Map.of(),
        LoggedQueries.none(1)
            .addends(0, index, index.query("heist"), new TreeMap<>(Map.of("heist", 1.0))));
  }
}
