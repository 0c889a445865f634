package io.sidestream.experiments;

import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Items that belong together for a task, as training saw it.
 *
 * @param met pairs of items met together most often
 * @param searched pairs of items that the same query found
 * @param both pairs that were met together and found by the same query
 */
record RelatedPairs(List<Rows> met, List<Rows> searched, List<Rows> both) {
  /** Most pairs of a kind. */
  static final int MAX = 20_000;

  /** A query that finds more items than this says little of any two of them. */
  static final int MAX_PER_QUERY = 30;

  /** Two rows, the lower first. */
  record Rows(int low, int high) {
    static Rows of(int one, int other) {
      return new Rows(Math.min(one, other), Math.max(one, other));
    }
  }

  static RelatedPairs of(ExperimentData data) {
    List<Rows> met = met(data);
    List<Rows> searched = searched(data);
    Set<Rows> everMet = new HashSet<>(met);
    return new RelatedPairs(
        met.stream().limit(MAX).toList(),
        searched.stream().limit(MAX).toList(),
        searched.stream().filter(everMet::contains).limit(MAX).toList());
  }

  private record Met(Rows rows, long total) {}

  /** All pairs of items met together, most often met first. */
  private static List<Rows> met(ExperimentData data) {
    List<Met> met = new ArrayList<>();
    for (PairCount count : data.training().counts()) {
      if (count.pair() instanceof Pair.ItemItem pair) {
        OptionalInt low = data.rows().row(pair.low());
        OptionalInt high = data.rows().row(pair.high());
        if (low.isPresent() && high.isPresent()) {
          met.add(new Met(Rows.of(low.getAsInt(), high.getAsInt()), count.total()));
        }
      }
    }
    met.sort(
        Comparator.comparingLong((Met one) -> -one.total())
            .thenComparingInt(one -> one.rows().low())
            .thenComparingInt(one -> one.rows().high()));
    return met.stream().map(Met::rows).toList();
  }

  /** All pairs of items that one query found, each once, by the query. */
  private static List<Rows> searched(ExperimentData data) {
    Map<String, Set<Integer>> found = new TreeMap<>();
    for (PairCount count : data.training().counts()) {
      if (count.pair() instanceof Pair.QueryItem pair) {
        data.rows()
            .row(pair.item())
            .ifPresent(
                row -> found.computeIfAbsent(pair.query(), unused -> new HashSet<>()).add(row));
      }
    }
    Set<Rows> pairs = new LinkedHashSet<>();
    for (Set<Integer> rows : found.values()) {
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
