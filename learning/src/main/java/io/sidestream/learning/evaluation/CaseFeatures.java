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
 *
 * @param values of every feature, each of shape [i]
 */
record CaseFeatures(CollectedCase one, Map<RankingFeature, double[]> values) {
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
    return new CaseFeatures(one, values);
  }

  /** The features of each case. */
  static List<CaseFeatures> of(List<CollectedCase> cases, double temperature) {
    return cases.parallelStream().map(one -> of(one, temperature)).toList();
  }

  /** The ranks of the relevant items by these weights, case by case. */
  static int[] ranks(List<CaseFeatures> cases, RankingWeights weights) {
    return cases.stream().mapToInt(one -> one.rank(weights)).toArray();
  }

  private double[] of(RankingFeature feature) {
    return requireNonNull(values.get(feature));
  }

  /** The standard deviation of a feature among the candidates of a case, the mean of all cases. */
  static double spread(List<CaseFeatures> cases, RankingFeature feature) {
    return cases.stream().mapToDouble(one -> deviation(one.of(feature))).average().orElse(0);
  }

  /** The standard deviation of the score among the candidates of a case, the mean of all cases. */
  static double spread(List<CaseFeatures> cases, RankingWeights weights) {
    return cases.stream().mapToDouble(one -> deviation(one.scores(weights))).average().orElse(0);
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
    return one.rank(scores(weights));
  }

  private double[] scores(RankingWeights weights) {
    double[] scores = new double[one.candidates().size()];
    for (RankingFeature feature : RankingFeature.values()) {
      double weight = weights.of(feature);
      double[] of = of(feature);
      for (int i = 0; weight != 0 && i < scores.length; i++) {
        scores[i] += weight * of[i];
      }
    }
    return scores;
  }
}
