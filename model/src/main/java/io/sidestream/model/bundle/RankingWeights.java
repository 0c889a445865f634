package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.sidestream.model.generator.Task;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Weights of the ranking features of one task, tuned on validation data.
 *
 * <p>score = Σ weight · feature
 *
 * @param features the weight of each; a feature that is not among them has weight 0
 * @param temperature divides the cosine in the softmax that splits an ID's probability among its
 *     items
 */
public record RankingWeights(Map<RankingFeature, Double> features, double temperature) {
  private static final String TEMPERATURE = "temperature";

  /** In bundles of earlier versions: added to the cosine of a cold item. */
  private static final String COSINE_BOOST = "cold_item_boost";

  /** Features of the first bundles; a manifest names their weights. */
  private static final List<RankingFeature> REQUIRED =
      List.of(
          RankingFeature.GENERATOR,
          RankingFeature.DENSE,
          RankingFeature.POPULARITY,
          RankingFeature.QUERY_LOG);

  /** Weight of a title that is typed in full: such items come first, ranked by all else. */
  public static final double TITLE_FIRST = 1_000;

  /** Before tuning. */
  public static final RankingWeights DEFAULT = new RankingWeights(1, 10, 0.1, 0.05);

  public RankingWeights {
    EnumMap<RankingFeature, Double> all = new EnumMap<>(RankingFeature.class);
    for (RankingFeature feature : RankingFeature.values()) {
      double weight = features.getOrDefault(feature, 0.0);
      check(
          Double.isFinite(weight) && feature.takes(weight),
          "%s has weight %s, expected 0 or more",
          feature.label(),
          weight);
      all.put(feature, weight);
    }
    features = Collections.unmodifiableMap(all);
    check(temperature > 0, "temperature is %s, expected above 0", temperature);
  }

  /** Of the features that every prompt has; the others have weight 0. */
  public RankingWeights(double generator, double dense, double popularity, double temperature) {
    this(
        Map.of(
            RankingFeature.GENERATOR, generator,
            RankingFeature.DENSE, dense,
            RankingFeature.POPULARITY, popularity),
        temperature);
  }

  /** The weight of a feature. */
  public double of(RankingFeature feature) {
    return features.getOrDefault(feature, 0.0);
  }

  public RankingWeights with(RankingFeature feature, double weight) {
    EnumMap<RankingFeature, Double> changed = new EnumMap<>(features);
    changed.put(feature, weight);
    return new RankingWeights(changed, temperature);
  }

  /** One feature with weight 1, the others with 0. */
  public RankingWeights only(RankingFeature feature) {
    return new RankingWeights(Map.of(feature, 1.0), temperature);
  }

  public RankingWeights withTemperature(double other) {
    return new RankingWeights(features, other);
  }

  /** Without the features that cold items alone have. */
  public RankingWeights withoutColdItemHelp() {
    EnumMap<RankingFeature, Double> changed = new EnumMap<>(features);
    changed.keySet().removeAll(RankingFeature.OF_COLD_ITEMS);
    return new RankingWeights(changed, temperature);
  }

  /** Whether cold items have features of their own. */
  public boolean helpsColdItems() {
    return RankingFeature.OF_COLD_ITEMS.stream().anyMatch(feature -> of(feature) != 0);
  }

  /** Refuses weights of features that the task does not have. */
  RankingWeights checkedFor(Task task) {
    features.forEach(
        (feature, weight) ->
            check(
                weight == 0 || feature.isOf(task),
                "%s has weight %s for %s, expected 0",
                feature.label(),
                weight,
                task.label()));
    return this;
  }

  /** For example {@code generator 1, dense 10, popularity 0.1}: those tuned, without weight 0. */
  public String summary() {
    return features.entrySet().stream()
        .filter(one -> one.getValue() != 0 && one.getKey() != RankingFeature.TITLE)
        .map(one -> String.format(Locale.ROOT, "%s %.3g", one.getKey().label(), one.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** As in a manifest: one flat object. */
  @JsonValue
  Map<String, Double> json() {
    Map<String, Double> json = new LinkedHashMap<>();
    for (RankingFeature feature : RankingFeature.values()) {
      if (feature == RankingFeature.QUERY_LOG) { // as the first bundles were written
        json.put(TEMPERATURE, temperature);
      }
      if (REQUIRED.contains(feature) || of(feature) != 0) {
        json.put(feature.label(), of(feature));
      }
    }
    return json;
  }

  /**
   * Bundles of earlier versions lack the features that came later, and have a cold-item boost in
   * the unit of cosines.
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static RankingWeights fromJson(Map<String, Double> json) {
    Map<String, Double> left = new TreeMap<>(json);
    EnumMap<RankingFeature, Double> features = new EnumMap<>(RankingFeature.class);
    for (RankingFeature feature : RankingFeature.values()) {
      Double weight = left.remove(feature.label());
      check(weight != null || !REQUIRED.contains(feature), "%s has no weight", feature.label());
      features.put(feature, weight == null ? 0 : weight);
    }
    Double temperature = left.remove(TEMPERATURE);
    check(temperature != null, "temperature is missing");
    Double ofCosine = left.remove(COSINE_BOOST);
    if (ofCosine != null) {
      features.merge(
          RankingFeature.COLD,
          ofCosine * features.getOrDefault(RankingFeature.DENSE, 0.0),
          Double::sum);
    }
    check(
        left.isEmpty(),
        "%s is no ranking feature, expected %s",
        String.join(", ", left.keySet()),
        Arrays.stream(RankingFeature.values()).map(RankingFeature::label).toList());
    return new RankingWeights(features, temperature);
  }
}
