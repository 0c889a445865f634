package io.sidestream.learning.examples;

import static java.util.Objects.requireNonNull;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Training set of search: distinct queries and their relevant items.
 *
 * @param queries distinct, normalized
 * @param chosen pairs of a place in {@code queries} and an item's row
 */
public record QueryPool(List<String> queries, List<Chosen> chosen) {
  /**
   * A relevant item of a query.
   *
   * @param query its place among the queries
   * @param row the item's row
   * @param weight above 0
   */
  public record Chosen(int query, int row, double weight) {}

  public QueryPool {
    queries = List.copyOf(queries);
    chosen = List.copyOf(chosen);
  }

  /*
   * The total weight of one user's searches grows with the power 3/4 of their number, so that one
   * busy user does not decide what a query means.
   */
  private static final double BUSY_POWER = -0.25;

  /** Searches of users by their pair counts, then pseudo-queries from the items' own texts. */
  public static QueryPool of(Corpus training, ItemRows rows, ExampleSettings settings) {
    Map<String, Integer> places = new LinkedHashMap<>();
    List<Chosen> chosen = new ArrayList<>();
    Map<Pair, Double> damping = damping(training.searches());
    for (PairCount count : searches(training)) {
      Pair.QueryItem pair = (Pair.QueryItem) count.pair();
      rows.row(pair.item())
          .ifPresent(
              row ->
                  chosen.add(
                      new Chosen(
                          place(places, pair.query()),
                          row,
                          damping.getOrDefault(pair, 1.0) * (1 + Math.log(count.total())))));
    }
    for (Item item : training.items()) {
      int row = rows.row(item.id()).orElseThrow();
      for (String query : PseudoQueries.of(item, settings.sentences())) {
        String normalized = NormalizedQuery.of(query);
        chosen.add(new Chosen(place(places, normalized), row, settings.pseudoWeight()));
      }
    }
    return new QueryPool(List.copyOf(places.keySet()), chosen);
  }

  /** The weight of a pair by the activity of its users; 1 on the mean of all searches. */
  static Map<Pair, Double> damping(List<Search> searches) {
    Map<UserId, Integer> made = new HashMap<>();
    searches.forEach(one -> one.user().ifPresent(user -> made.merge(user, 1, Integer::sum)));
    Map<Pair, double[]> sums = new LinkedHashMap<>(); // sum of dampings, searches
    double all = 0;
    for (Search one : searches) {
      double own =
          one.user().map(user -> Math.pow(requireNonNull(made.get(user)), BUSY_POWER)).orElse(1.0);
      all += own;
      Pair pair = Pair.QueryItem.of(one.query(), one.clicked());
      double[] sum = sums.computeIfAbsent(pair, unused -> new double[2]);
      sum[0] += own;
      sum[1]++;
    }
    double mean = all / Math.max(1, searches.size());
    Map<Pair, Double> damping = new HashMap<>();
    sums.forEach((pair, sum) -> damping.put(pair, sum[0] / sum[1] / mean));
    return damping;
  }

  /** Counts of query and item, in an order that does not depend on how they were read. */
  private static List<PairCount> searches(Corpus training) {
    return training.counts().stream()
        .filter(count -> count.pair() instanceof Pair.QueryItem)
        .sorted(
            Comparator.comparing((PairCount count) -> ((Pair.QueryItem) count.pair()).query())
                .thenComparing(count -> ((Pair.QueryItem) count.pair()).item()))
        .toList();
  }

  private static int place(Map<String, Integer> places, String query) {
    return places.computeIfAbsent(query, unused -> places.size());
  }
}
