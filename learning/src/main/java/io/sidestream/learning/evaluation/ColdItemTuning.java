package io.sidestream.learning.evaluation;

import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Chooses how much cold items are helped in a ranking that is tuned on warm ones. */
public final class ColdItemTuning {
  /*
   * Nearly all validation cases are of items that training met, so weights tuned on them never help
   * the others. Help is chosen on cases of items that were withheld (WithheldItems): the weight of
   * the predicted popularity and the boost, each of a grid. Of those that cost warm cases at most
   * MAX_LOSS of recall@30, against no help at all, the one that finds most cold cases is taken, of
   * equal ones the first: the smaller.
   *
   * Both grids are multiples of the standard deviation of the score among the candidates of a warm
   * case: weights are tuned up to their scale. Predicted popularity has a weight of its own, since
   * that of popularity is what popularity tells beside the generator and the transitions, which
   * know it of warm items already; it may be below 0.
   */
  private static final double[] PREDICTED = {0, 0.1, 0.2, 0.4, 0.8, 1.6};
  private static final double MIN_BOOST = -2;
  private static final double MAX_BOOST = 5;
  private static final double STEP = 0.125;
  private static final double MAX_LOSS = 0.01;

  /** Of rounding only. */
  private static final double TOLERANCE = 1e-9;

  static final double TYPICAL_BOOST = 1;

  /** Without withheld items, the largest first. */
  private static final double[] SHARES = {1, 0.8, 0.6, 0.4, 0.2};

  private ColdItemTuning() {}

  /**
   * Weights with help for cold items.
   *
   * @param tuned on validation
   * @param validation cases of the catalogue as it is
   * @param warm cases of items that training met, of a catalogue with withheld items
   * @param cold cases of the withheld items
   */
  public static RankingWeights tune(
      RankingWeights tuned,
      CollectedCases validation,
      CollectedCases warm,
      CollectedCases cold,
      Task task) {
    return Math.min(warm.of(task).cases().size(), cold.of(task).cases().size())
            < WeightTuning.MIN_CASES
        ? byValidation(tuned, features(tuned, validation, task))
        : byWithheldItems(tuned, features(tuned, warm, task), features(tuned, cold, task));
  }

  private static List<CaseFeatures> features(
      RankingWeights tuned, CollectedCases cases, Task task) {
    return CaseFeatures.of(cases.of(task).cases(), tuned.temperature());
  }

  private static RankingWeights byWithheldItems(
      RankingWeights tuned, List<CaseFeatures> warm, List<CaseFeatures> cold) {
    double unit = CaseFeatures.spread(warm, tuned);
    List<RankingWeights> all =
        DoubleStream.of(PREDICTED)
            .boxed()
            .flatMap(
                weight -> DoubleStream.of(boosts()).mapToObj(b -> helped(tuned, unit, weight, b)))
            .toList();
    double least = recall(warm, tuned) - MAX_LOSS - TOLERANCE;
    double[] ofCold = all.parallelStream().mapToDouble(one -> recall(cold, one)).toArray();
    double[] ofWarm = all.parallelStream().mapToDouble(one -> recall(warm, one)).toArray();
    RankingWeights best = tuned;
    double bestRecall = recall(cold, tuned);
    for (int i = 0; i < ofCold.length; i++) {
      if (ofCold[i] > bestRecall && ofWarm[i] >= least) {
        best = all.get(i);
        bestRecall = ofCold[i];
      }
    }
    return best;
  }

  private static RankingWeights helped(
      RankingWeights tuned, double unit, double predicted, double boost) {
    return tuned
        .with(RankingFeature.PREDICTED_POPULARITY, predicted * unit)
        .with(RankingFeature.COLD, boost * unit);
  }

  /** In units of the score's standard deviation, ascending. */
  static double[] boosts() {
    int steps = (int) Math.round((MAX_BOOST - MIN_BOOST) / STEP);
    return IntStream.rangeClosed(0, steps).mapToDouble(i -> MIN_BOOST + i * STEP).toArray();
  }

  /** Without withheld items: the largest boost that validation allows, where it has cold items. */
  private static RankingWeights byValidation(RankingWeights tuned, List<CaseFeatures> validation) {
    if (validation.size() < WeightTuning.MIN_CASES
        || validation.stream().noneMatch(one -> one.one().candidates().has(RankingFeature.COLD))) {
      return tuned;
    }
    double least = recall(validation, tuned) - MAX_LOSS - TOLERANCE;
    for (double share : SHARES) {
      RankingWeights boosted = tuned.with(RankingFeature.COLD, share * TYPICAL_BOOST);
      if (recall(validation, boosted) >= least) {
        return boosted;
      }
    }
    return tuned;
  }

  private static double recall(List<CaseFeatures> cases, RankingWeights weights) {
    return Metric.RECALL_AT_30.mean(CaseFeatures.ranks(cases, weights));
  }
}
