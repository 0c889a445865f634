package io.sidestream.learning.evaluation;

import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import java.util.Arrays;
import java.util.List;

/** Chooses how much cold items are helped in a ranking that is tuned on warm ones. */
public final class ColdItemTuning {
  /*
   * Nearly all validation cases are of items that training met, so weights tuned on them never help
   * the others. Help is chosen on cases of items that were withheld (WithheldItems). For each
   * weight of the cold cosine and of the predicted popularity, the boost is raised until warm cases
   * lose MAX_LOSS of recall@30, against no help at all: the higher it is, the more cold cases are
   * found. It is then lowered as far as it finds as many. Of these the one that finds most is
   * taken, where a weight beside the boost has to find MIN_GAIN more, about a standard error.
   *
   * Weights are multiples of the standard deviation of the score among the candidates of a warm
   * case, since they are tuned up to their scale. The cold cosine is there because transitions tell
   * of warm items what fits, and of cold ones the text alone does. Predicted popularity has a
   * weight of its own, since that of popularity is what popularity tells beside generator and
   * transitions, which know it of warm items already; it may be below 0.
   */
  private static final double[] COLD_DENSE = {0, 2, 4, 8};
  private static final double[] PREDICTED = {0, 0.1, 0.2, 0.4};
  private static final double MIN_BOOST = -12;
  private static final double MAX_BOOST = 6;
  private static final int HALVINGS = 11;
  private static final double MIN_GAIN = 0.02;
  private static final double MAX_LOSS = 0.012;

  /** By validation alone. */
  private static final double MAX_LOSS_WITHOUT_CASES = 0.01;

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

  /** Whether there are enough cases of withheld items of any task. */
  public static boolean isByWithheldItems(List<EvaluationCase> cold) {
    return Arrays.stream(Task.values())
        .anyMatch(task -> EvaluationCase.of(task, cold).size() >= WeightTuning.MIN_CASES);
  }

  private static List<CaseFeatures> features(
      RankingWeights tuned, CollectedCases cases, Task task) {
    return CaseFeatures.of(cases.of(task).cases(), tuned.temperature());
  }

  private static RankingWeights byWithheldItems(
      RankingWeights tuned, List<CaseFeatures> warm, List<CaseFeatures> cold) {
    double unit = CaseFeatures.spread(warm, tuned);
    double least = recall(warm, tuned) - MAX_LOSS - TOLERANCE;
    RankingWeights best = tuned;
    double bestRecall = recall(cold, tuned);
    for (double predicted : PREDICTED) {
      for (double cosine : COLD_DENSE) {
        RankingWeights beside =
            tuned
                .with(RankingFeature.PREDICTED_POPULARITY, predicted * unit)
                .with(RankingFeature.COLD_DENSE, cosine * unit);
        RankingWeights helped = boosted(beside, unit, least, warm, cold);
        double gain = recall(cold, helped) - bestRecall;
        boolean alone = predicted == 0 && cosine == 0;
        if (gain > (alone ? 0 : MIN_GAIN) - TOLERANCE
            && gain > TOLERANCE
            && recall(warm, helped) >= least) {
          best = helped;
          bestRecall += gain;
        }
      }
    }
    return best;
  }

  /** With the least boost that finds as many cold cases as the largest that is allowed. */
  private static RankingWeights boosted(
      RankingWeights beside,
      double unit,
      double least,
      List<CaseFeatures> warm,
      List<CaseFeatures> cold) {
    double allowed = MIN_BOOST;
    double forbidden = MAX_BOOST;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (allowed + forbidden) / 2;
      if (recall(warm, beside.with(RankingFeature.COLD, middle * unit)) >= least) {
        allowed = middle;
      } else {
        forbidden = middle;
      }
    }
    double most = recall(cold, beside.with(RankingFeature.COLD, allowed * unit)) - TOLERANCE;
    double enough = allowed;
    double few = MIN_BOOST;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (enough + few) / 2;
      if (recall(cold, beside.with(RankingFeature.COLD, middle * unit)) >= most) {
        enough = middle;
      } else {
        few = middle;
      }
    }
    return beside.with(RankingFeature.COLD, enough * unit);
  }

  /** Without withheld items: the largest boost that validation allows, where it has cold items. */
  private static RankingWeights byValidation(RankingWeights tuned, List<CaseFeatures> validation) {
    if (validation.size() < WeightTuning.MIN_CASES
        || validation.stream().noneMatch(one -> one.one().candidates().has(RankingFeature.COLD))) {
      return tuned;
    }
    double least = recall(validation, tuned) - MAX_LOSS_WITHOUT_CASES - TOLERANCE;
    for (double share : SHARES) {
      RankingWeights boosted = tuned.with(RankingFeature.COLD, share * TYPICAL_BOOST);
      if (recall(validation, boosted) >= least) {
        return boosted;
      }
    }
    return tuned;
  }

  private static double recall(List<CaseFeatures> cases, RankingWeights weights) {
    return Metric.RECALL_AT_30.mean(
        cases.parallelStream().mapToInt(one -> one.rank(weights)).toArray());
  }
}
