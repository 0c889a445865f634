package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How an answer came about.
 *
 * @param beams the Semantic IDs that the generator chose, likeliest first
 * @param weights of the ranking features, by name
 * @param features of each item of the answer, in its order: value by name; the item's score is the
 *     sum of weight times value
 */
public record Explanation(
    List<Beam> beams, Map<String, Double> weights, List<Map<String, Double>> features) {
  /** Most beams of one explanation. */
  public static final int MAX_BEAMS = 100;

  /** Most items of a beam that are named. */
  public static final int MAX_BEAM_ITEMS = 10;

  /** Most ranking features. */
  public static final int MAX_FEATURES = 64;

  /**
   * A Semantic ID that the generator chose.
   *
   * @param codes shape [level]
   * @param logProbability natural logarithm, at most 0
   * @param count of the items that have these codes
   * @param items the first of them, sorted
   */
  public record Beam(int[] codes, double logProbability, int count, List<ItemId> items) {
    public Beam {
      check(
          codes.length > 0 && codes.length <= SemanticId.MAX_LEVELS,
          "beam has %d levels, expected 1 to %d",
          codes.length,
          SemanticId.MAX_LEVELS);
      check(Double.isFinite(logProbability), "beam has log-probability %s", logProbability);
      check(
          items.size() <= MAX_BEAM_ITEMS && items.size() <= count,
          "beam of %d items names %d, at most %d are allowed",
          count,
          items.size(),
          MAX_BEAM_ITEMS);
      codes = codes.clone();
      items = List.copyOf(items);
    }

    @Override
    public int[] codes() {
      return codes.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Beam that
          && Arrays.equals(codes, that.codes)
          && logProbability == that.logProbability
          && count == that.count
          && items.equals(that.items);
    }

    @Override
    public int hashCode() {
      return Objects.hash(Arrays.hashCode(codes), logProbability, count, items);
    }
  }

  public Explanation {
    check(
        beams.size() <= MAX_BEAMS,
        "explanation has %d beams, at most %d are allowed",
        beams.size(),
        MAX_BEAMS);
    beams = List.copyOf(beams);
    weights = checked(weights);
    features = features.stream().map(Explanation::checked).toList();
  }

  private static Map<String, Double> checked(Map<String, Double> values) {
    check(
        values.size() <= MAX_FEATURES,
        "explanation has %d features, at most %d are allowed",
        values.size(),
        MAX_FEATURES);
    values.forEach((name, value) -> check(Double.isFinite(value), "feature %s is %s", name, value));
    return Collections.unmodifiableMap(new TreeMap<>(values));
  }
}
