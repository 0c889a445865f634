package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How an answer came about.
 *
 * @param beams the Semantic IDs that the generator chose, likeliest first
 * @param weights of the ranking features, by name
 * @param features of each item of the answer, in its order: value by name; the item's score is the
 *     sum of weight times value
 * @param attributions of the first items, in its order: addends of those features that are sums
 */
public record Explanation(
    List<Beam> beams,
    Map<String, Double> weights,
    List<Map<String, Double>> features,
    List<List<Attribution>> attributions) {
  /** Most beams of one explanation. */
  public static final int MAX_BEAMS = 100;

  /** Most items of a beam that are named. */
  public static final int MAX_BEAM_ITEMS = 10;

  /** Most ranking features. */
  public static final int MAX_FEATURES = 64;

  /** Most items of an answer that have attributions, the first ones. */
  public static final int MAX_ATTRIBUTED_ITEMS = 50;

  /** Most attributions of one item. */
  public static final int MAX_ATTRIBUTIONS = 64;

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

  /**
   * How much of a feature's value of an item comes from one item, query or word.
   *
   * @param feature its name, as in the weights
   * @param kind of what is named: {@link #ITEM}, {@link #QUERY} or {@link #WORD}
   * @param value an addend of the feature's value
   */
  public record Attribution(String feature, String kind, String name, double value) {
    /** An item of the history; its id is the name. */
    public static final String ITEM = "item";

    /** A query of the query log. */
    public static final String QUERY = "query";

    /** A word of the query that the item's texts have. */
    public static final String WORD = "word";

    /** Longest name: bytes of UTF-8. */
    public static final int MAX_NAME = Checks.MAX_ID_BYTES;

    public Attribution {
      check(isName(name), "\"%s\" is no name, expected 1 to %d bytes of UTF-8", name, MAX_NAME);
      check(Double.isFinite(value), "feature %s has %s of %s", feature, value, name);
    }

    /** Whether a text is short enough to be named. */
    public static boolean isName(String text) {
      return !text.isEmpty()
          && text.length() <= MAX_NAME
          && text.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME;
    }
  }

  /**
   * What one item of the history, query or word gives an item's score, by all features together.
   *
   * @param kind as of an attribution
   * @param points in the unit of scores; below 0 it speaks against the item
   */
  public record Reason(String kind, String name, double points) {}

  public Explanation {
    check(
        beams.size() <= MAX_BEAMS,
        "explanation has %d beams, at most %d are allowed",
        beams.size(),
        MAX_BEAMS);
    beams = List.copyOf(beams);
    weights = checked(weights);
    features = features.stream().map(Explanation::checked).toList();
    checkRange(attributions.size(), 0, MAX_ATTRIBUTED_ITEMS, "explanation attributes %d items");
    attributions =
        attributions.stream()
            .map(
                ofItem -> {
                  checkRange(ofItem.size(), 0, MAX_ATTRIBUTIONS, "an item has %d attributions");
                  return List.copyOf(ofItem);
                })
            .toList();
  }

  /** An explanation that attributes nothing. */
  public Explanation(
      List<Beam> beams, Map<String, Double> weights, List<Map<String, Double>> features) {
    this(beams, weights, features, List.of());
  }

  /** The items of the history that are named. */
  public Stream<ItemId> seen() {
    return attributions.stream()
        .flatMap(List::stream)
        .filter(one -> one.kind().equals(Attribution.ITEM))
        .map(one -> new ItemId(one.name()))
        .distinct();
  }

  /** The reasons for the item at a place of the answer, from 0; those of most points first. */
  public List<Reason> reasons(int place) {
    Map<List<String>, Double> points = new LinkedHashMap<>();
    if (place < attributions.size()) {
      for (Attribution one : attributions.get(place)) {
        double given = one.value() * weights.getOrDefault(one.feature(), 0.0);
        points.merge(List.of(one.kind(), one.name()), given, Double::sum);
      }
    }
    return points.entrySet().stream()
        .map(one -> new Reason(one.getKey().get(0), one.getKey().get(1), one.getValue()))
        .sorted(
            Comparator.comparingDouble((Reason one) -> -Math.abs(one.points()))
                .thenComparing(Reason::name))
        .toList();
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
