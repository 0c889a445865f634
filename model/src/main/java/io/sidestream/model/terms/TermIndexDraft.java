package io.sidestream.model.terms;

import static io.sidestream.schemas.Checks.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds a {@link TermIndex} from texts. One thread. */
final class TermIndexDraft {
  private final TreeMap<String, TreeMap<Integer, Double>> frequencies =
      new TreeMap<>(); // term, item
  private final double[] lengths; // [item]

  TermIndexDraft(int items) {
    this.lengths = new double[items];
  }

  void add(TermIndex.Text text) {
    int item = text.item();
    check(item < lengths.length, "a text is of item %d of %d", item, lengths.length);
    for (String term : Terms.all(text.text())) {
      frequencies
          .computeIfAbsent(term, unused -> new TreeMap<>())
          .merge(item, (double) text.count(), Double::sum);
      lengths[item] += text.count();
    }
  }

  TermIndex build() {
    double mean = meanLength();
    List<Posting> postings = new ArrayList<>();
    int[] starts = new int[frequencies.size() + 1];
    int[] itemsWith = new int[frequencies.size()];
    int term = 0;
    for (Map<Integer, Double> byItem : frequencies.values()) {
      byItem.entrySet().stream()
          .map(one -> posting(one.getKey(), one.getValue(), mean))
          .sorted(Posting.BEST_FIRST)
          .limit(TermIndex.MAX_POSTINGS)
          .forEach(postings::add);
      itemsWith[term] = byItem.size();
      starts[++term] = postings.size();
    }
    int[] rows = postings.stream().mapToInt(Posting::item).toArray();
    float[] weights = new float[rows.length];
    for (int p = 0; p < rows.length; p++) {
      weights[p] = postings.get(p).weight();
    }
    return new TermIndex(
        lengths.length, List.copyOf(frequencies.keySet()), starts, rows, weights, itemsWith, mean);
  }

  /** Over the items with any text. */
  private double meanLength() {
    double sum = 0;
    int withText = 0;
    for (double length : lengths) {
      sum += length;
      withText += length > 0 ? 1 : 0;
    }
    return sum / Math.max(1, withText);
  }

  private Posting posting(int item, double frequency, double mean) {
    return new Posting(item, (float) TermIndex.weight(frequency, lengths[item], mean));
  }

  private record Posting(int item, float weight) {
    static final Comparator<Posting> BEST_FIRST =
        Comparator.comparingDouble((Posting one) -> -one.weight()).thenComparing(Posting::item);
  }
}
