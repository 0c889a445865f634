package io.sidestream.experiments;

import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Pairs of items that are related in training.
 *
 * @param cooccurring pairs in one user's window, the most frequent first
 * @param sharingQuery pairs with clicks by the same query
 * @param both pairs related in both ways
 */
record RelatedPairs(List<Rows> cooccurring, List<Rows> sharingQuery, List<Rows> both) {
  static final String COOCCURRING = "co-occurring";
  static final String BOTH = "both";

  /** Most pairs of a relation. */
  static final int MAX = 20_000;

  /** A query with more clicked items than this relates none of them. */
  static final int MAX_PER_QUERY = 30;

  /** Two rows, the lower first. */
  record Rows(int low, int high) {
    static Rows of(int one, int other) {
      return new Rows(Math.min(one, other), Math.max(one, other));
    }
  }

  static RelatedPairs of(ExperimentData data) {
    List<Rows> cooccurring = cooccurring(data);
    List<Rows> sharingQuery = sharingQuery(data);
    Set<Rows> ever = new HashSet<>(cooccurring);
    return new RelatedPairs(
        cooccurring.stream().limit(MAX).toList(),
        sharingQuery.stream().limit(MAX).toList(),
        sharingQuery.stream().filter(ever::contains).limit(MAX).toList());
  }

  /** The pairs of each relation that has any, by its name. */
  Map<String, List<Rows>> byRelation() {
    Map<String, List<Rows>> relations = new LinkedHashMap<>();
    relations.put(COOCCURRING, cooccurring);
    relations.put("sharing a query", sharingQuery);
    relations.put(BOTH, both);
    relations.values().removeIf(List::isEmpty);
    return relations;
  }

  private record Counted(Rows rows, long total) {}

  private static List<Rows> cooccurring(ExperimentData data) {
    List<Counted> pairs = new ArrayList<>();
    for (PairCount count : data.training().counts()) {
      if (count.pair() instanceof Pair.ItemItem pair) {
        OptionalInt low = data.rows().row(pair.low());
        OptionalInt high = data.rows().row(pair.high());
        if (low.isPresent() && high.isPresent()) {
          pairs.add(new Counted(Rows.of(low.getAsInt(), high.getAsInt()), count.total()));
        }
      }
    }
    pairs.sort(
        Comparator.comparingLong((Counted one) -> -one.total())
            .thenComparingInt(one -> one.rows().low())
            .thenComparingInt(one -> one.rows().high()));
    return pairs.stream().map(Counted::rows).toList();
  }

  /** Each pair once, by the query. */
  private static List<Rows> sharingQuery(ExperimentData data) {
    Map<String, Set<Integer>> clicked = new TreeMap<>();
    for (PairCount count : data.training().counts()) {
      if (count.pair() instanceof Pair.QueryItem pair) {
        data.rows()
            .row(pair.item())
            .ifPresent(
                row -> clicked.computeIfAbsent(pair.query(), unused -> new HashSet<>()).add(row));
      }
    }
    Set<Rows> pairs = new LinkedHashSet<>();
    for (Set<Integer> rows : clicked.values()) {
      if (rows.size() <= MAX_PER_QUERY) {
        addAll(pairs, rows.stream().sorted().toList());
      }
    }
    return List.copyOf(pairs);
  }

  private static void addAll(Set<Rows> pairs, List<Integer> sorted) {
    for (int i = 0; i < sorted.size(); i++) {
      for (int other : sorted.subList(i + 1, sorted.size())) {
        pairs.add(new Rows(sorted.get(i), other));
      }
    }
  }
}
