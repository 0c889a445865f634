package io.sidestream.model.querylog;

import static io.sidestream.schemas.Checks.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Past searches while they are counted. One thread. */
final class QueryLogIndexDraft {
  private final TreeMap<String, TreeMap<Integer, Double>> timesOf = new TreeMap<>(); // word, item
  private final double[] lengths; // [item]

  QueryLogIndexDraft(int items) {
    this.lengths = new double[items];
  }

  void add(QueryLogIndex.Found found) {
    int item = found.item();
    check(item < lengths.length, "item %d of %d was found", item, lengths.length);
    for (String word : QueryWords.all(found.query())) {
      timesOf
          .computeIfAbsent(word, unused -> new TreeMap<>())
          .merge(item, (double) found.times(), Double::sum);
      lengths[item] += found.times();
    }
  }

  QueryLogIndex weighed() {
    double mean = meanLength();
    List<Posting> postings = new ArrayList<>();
    int[] starts = new int[timesOf.size() + 1];
    int word = 0;
    for (Map<Integer, Double> times : timesOf.values()) {
      times.entrySet().stream()
          .map(one -> posting(one.getKey(), one.getValue(), mean))
          .sorted(Posting.BEST_FIRST)
          .forEach(postings::add);
      starts[++word] = postings.size();
    }
    int[] rows = postings.stream().mapToInt(Posting::item).toArray();
    float[] weights = new float[rows.length];
    for (int p = 0; p < rows.length; p++) {
      weights[p] = postings.get(p).weight();
    }
    return new QueryLogIndex(lengths.length, List.copyOf(timesOf.keySet()), starts, rows, weights);
  }

  /** Of the items that were found; there is a word only where there is one. */
  private double meanLength() {
    double sum = 0;
    int found = 0;
    for (double length : lengths) {
      sum += length;
      found += length > 0 ? 1 : 0;
    }
    return sum / Math.max(1, found);
  }

  private Posting posting(int item, double times, double mean) {
    double length = 1 - QueryLogIndex.B + QueryLogIndex.B * lengths[item] / mean;
    return new Posting(item, (float) (times / (times + QueryLogIndex.K1 * length)));
  }

  private record Posting(int item, float weight) {
    static final Comparator<Posting> BEST_FIRST =
        Comparator.comparingDouble((Posting one) -> -one.weight()).thenComparing(Posting::item);
  }
}
