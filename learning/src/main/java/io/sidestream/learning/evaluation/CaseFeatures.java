package io.sidestream.learning.evaluation;

import static java.util.Objects.requireNonNull;

import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.ranking.Candidates;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The ranking features of a case, computed once so that a trial of weights costs no exponential.
 * Arrays are not copied: thousands of trials read them.
 *
 * @param values of every feature, each of shape [i]
 * @param cold 1 for cold items, else 0; shape [i]
 */
record CaseFeatures(CollectedCase one, Map<RankingFeature, double[]> values, double[] cold) {
  /**
   * @param temperature of the generator's score
   */
  static CaseFeatures of(CollectedCase one, double temperature) {
    Candidates candidates = one.candidates();
    Map<RankingFeature, double[]> values = new EnumMap<>(RankingFeature.class);
    for (RankingFeature feature : RankingFeature.values()) {
      values.put(
          feature,
          feature == RankingFeature.GENERATOR
              ? candidates.generatorScores(temperature)
              : IntStream.range(0, candidates.size())
                  .mapToDouble(i -> candidates.value(feature, i))
                  .toArray());
    }
    double[] cold =
        IntStream.range(0, candidates.size())
            .mapToDouble(i -> candidates.isCold(i) ? 1 : 0)
            .toArray();
    return new CaseFeatures(one, values, cold);
  }

  private double[] of(RankingFeature feature) {
    return requireNonNull(values.get(feature));
  }

  boolean hasCold() {
    return Arrays.stream(cold).anyMatch(one -> one > 0);
  }

  /** The standard deviation of a feature among the candidates of a case, the mean of all cases. */
  static double spread(List<CaseFeatures> cases, RankingFeature feature) {
    return cases.stream().mapToDouble(one -> deviation(one.of(feature))).average().orElse(0);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / Math.max(1, values.length));
  }

  /** The rank of the relevant item by these weights, or {@link Ranking#MISSING}. */
  int rank(RankingWeights weights) {
    if (one.place() == CollectedCase.NOWHERE) {
      return Ranking.MISSING;
    }
    double[] scores = new double[cold.length];
    double boost = weights.of(RankingFeature.DENSE) * weights.coldItemBoost();
    for (int i = 0; boost > 0 && i < scores.length; i++) {
      scores[i] = boost * cold[i];
    }
    for (RankingFeature feature : RankingFeature.values()) {
      double weight = weights.of(feature);
      double[] of = of(feature);
      for (int i = 0; weight != 0 && i < scores.length; i++) {
        scores[i] += weight * of[i];
      }
    }
    return one.rank(scores);
  }
}
