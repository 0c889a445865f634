package io.sidestream.model.terms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueryClicksTest {
  @Test
  void matches_anyLog_areTheLogarithmsOfACount() {
    long seed = System.nanoTime();
    System.out.println("matches_anyLog_areTheLogarithmsOfACount seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int items = 1 + random.nextInt(20);
      List<TermIndex.Text> found = new ArrayList<>();
      Map<String, Map<Integer, Long>> counted = new HashMap<>();
      for (int i = random.nextInt(60); i > 0; i--) {
        String query = "query " + random.nextInt(9);
        int item = random.nextInt(items);
        long count = 1 + random.nextInt(5);
        found.add(new TermIndex.Text(query, item, count));
        counted.computeIfAbsent(query, unused -> new HashMap<>()).merge(item, count, Long::sum);
      }
      QueryClicks clicks = QueryClicks.of(items, found);
      for (int query = 0; query < 10; query++) {
        SparseScores scores = clicks.matches("query " + query);
        Map<Integer, Long> expected = counted.getOrDefault("query " + query, Map.of());
        for (int item = 0; item < items; item++) {
          assertEquals(Math.log(1 + expected.getOrDefault(item, 0L)), scores.get(item), 1e-12);
        }
      }
    }
  }

  @Test
  void matches_sameTermsInOrder_areTheSameQuery() {
    QueryClicks clicks =
        QueryClicks.of(
            1, List.of(new TermIndex.Text("sci-fi", 0, 1), new TermIndex.Text("SCI  FI!", 0, 2)));

    assertEquals(1, clicks.queries().length);
    assertEquals(Math.log(4), clicks.matches("Sci fi").get(0), 1e-12);
    assertEquals(0, clicks.matches("fi sci").get(0));
    assertEquals(0, clicks.matches("sci").get(0));
    assertEquals(0, clicks.matches("").get(0));
  }

  @Test
  void matches_withoutTerms_areOfTheTextItself() {
    QueryClicks clicks = QueryClicks.of(2, List.of(new TermIndex.Text("???", 1, 1)));

    assertEquals(Math.log(2), clicks.matches("???").get(1), 1e-12);
    assertEquals(0, clicks.matches("!").get(1));
  }

  @Test
  void of_moreThanAreKept_keepsTheMostClicked() {
    int queries = QueryClicks.MAX_ENTRIES / 4 + 1;
    List<TermIndex.Text> found = new ArrayList<>();
    for (int query = 0; query < queries; query++) {
      for (int item = 0; item < 4; item++) {
        found.add(new TermIndex.Text("q" + query, item, query == 7 ? 1 : 2));
      }
    }
    QueryClicks clicks = QueryClicks.of(4, found);

    assertEquals(QueryClicks.MAX_ENTRIES, clicks.rows().length);
    assertEquals(queries - 1, clicks.queries().length);
    assertEquals(0, clicks.matches("q7").get(0));
    assertEquals(Math.log(3), clicks.matches("q8").get(3), 1e-12);
  }

  @Test
  void of_countBeyondAnInt_isTheLargestInt() {
    QueryClicks clicks =
        QueryClicks.of(1, List.of(new TermIndex.Text("a", 0, 3L * Integer.MAX_VALUE)));

    assertArrayEquals(new int[] {Integer.MAX_VALUE}, clicks.counts());
  }

  @Test
  void constructor_columnsThatDoNotFit_isRefused() {
    refused("clicked queries have 1 offsets, expected 2", q(1), i(0), i(), i());
    refused("clicked items have 0 counts, expected 1", q(1), i(0, 1), i(0), i());
    refused("clicked queries end at 1 of 2", q(1), i(0, 1), i(0, 1), i(1, 1));
    refused("clicked query 0 has no items", q(1, 2), i(0, 0, 1), i(0), i(1));
    refused("clicked query 1 is not sorted", q(2, 2), i(0, 1, 2), i(0, 1), i(1, 1));
    refused("item 2 of 2 was clicked 1 times", q(1), i(0, 1), i(2), i(1));
    refused("item 0 of 2 was clicked 0 times", q(1), i(0, 1), i(0), i(0));
  }

  private static void refused(
      String message, long[] queries, int[] starts, int[] rows, int[] counts) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new QueryClicks(2, queries, starts, rows, counts));
    assertEquals(message, e.getMessage());
  }

  private static long[] q(long... values) {
    return values;
  }

  private static int[] i(int... values) {
    return values;
  }

  @Test
  void none_anyQuery_matchesNothing() {
    assertEquals(0, QueryClicks.none(3).matches("a").get(0));
    assertEquals(3, QueryClicks.none(3).items());
  }
}
