package io.sidestream.experiments.baselines;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.evaluation.GroupEvaluation;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.learning.evaluation.Metric;
import java.util.List;

/** Chooses EASE's penalty by validation. */
final class EaseTuning {
  /** Tried in this order; ties go to the first. */
  public static final List<Double> PENALTIES = List.of(300.0, 100.0, 1_000.0);

  private EaseTuning() {}

  /**
   * The best by recall@30 on the validation cases; the first where there are none.
   *
   * @param penalties at least one
   */
  public static Ease best(ExperimentData data, List<Double> penalties) {
    check(!penalties.isEmpty(), "no penalties to choose from");
    CaseGroup cases = data.validation(CaseGroup.REC).orElse(null);
    Ease best = Ease.of(data, penalties.get(0));
    if (cases == null) {
      return best;
    }
    double recall = recall(best, cases);
    for (double penalty : penalties.subList(1, penalties.size())) {
      Ease next = Ease.of(data, penalty);
      double reached = recall(next, cases);
      if (reached > recall) {
        best = next;
        recall = reached;
      }
    }
    return best;
  }

  private static double recall(Ease ease, CaseGroup cases) {
    return GroupEvaluation.of("EASE", cases, ease).figure(Metric.RECALL_AT_30, Slice.ALL).mean();
  }
}
