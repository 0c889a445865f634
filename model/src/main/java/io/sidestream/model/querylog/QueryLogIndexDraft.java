package io.sidestream.model.querylog;

import static io.sidestream.schemas.Checks.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds a {@link QueryLogIndex} from clicks. One thread. */
final class QueryLogIndexDraft {
  private final TreeMap<String, TreeMap<Integer, Double>> frequencies =
      new TreeMap<>(); // term, item
  private final double[] lengths; // [item]

  QueryLogIndexDraft(int items) {
    this.lengths = new double[items];
  }

  void add(QueryLogIndex.Clicks clicks) {
    int item = clicks.item();
    check(item < lengths.length, "clicks are on item %d of %d", item, lengths.length);
    for (String term : QueryWords.all(clicks.query())) {
      frequencies
          .computeIfAbsent(term, unused -> new TreeMap<>())
          .merge(item, (double) clicks.count(), Double::sum);
      lengths[item] += clicks.count();
    }
  }

  QueryLogIndex build() {
    double mean = meanLength();
    List<Posting> postings = new ArrayList<>();
    int[] starts = new int[frequencies.size() + 1];
    int term = 0;
    for (Map<Integer, Double> byItem : frequencies.values()) {
      byItem.entrySet().stream()
          .map(one -> posting(one.getKey(), one.getValue(), mean))
          .sorted(Posting.BEST_FIRST)
          .forEach(postings::add);
      starts[++term] = postings.size();
    }
    int[] rows = postings.stream().mapToInt(Posting::item).toArray();
    float[] weights = new float[rows.length];
    for (int p = 0; p < rows.length; p++) {
      weights[p] = postings.get(p).weight();
    }
    return new QueryLogIndex(
        lengths.length, List.copyOf(frequencies.keySet()), starts, rows, weights);
  }

  /** Over the items with clicks. */
  private double meanLength() {
    double sum = 0;
    int clicked = 0;
    for (double length : lengths) {
      sum += length;
      clicked += length > 0 ? 1 : 0;
    }
    return sum / Math.max(1, clicked);
  }

  private Posting posting(int item, double frequency, double mean) {
    double length = 1 - QueryLogIndex.B + QueryLogIndex.B * lengths[item] / mean;
    return new Posting(item, (float) (frequency / (frequency + QueryLogIndex.K1 * length)));
  }

  private record Posting(int item, float weight) {
    static final Comparator<Posting> BEST_FIRST =
        Comparator.comparingDouble((Posting one) -> -one.weight()).thenComparing(Posting::item);
  }
}
