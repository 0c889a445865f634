package io.sidestream.experiments.baselines;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.evaluation.GroupEvaluation;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.learning.collaborative.ImplicitFeedback;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.learning.evaluation.Scorer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_MT_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * EASE: linear reconstruction of each item of the user × item matrix from the other items. Only for
 * recommendation.
 */
final class Ease implements Scorer {
  /*
   * X (users by items, ones) is fitted by X B with a zero diagonal and a penalty on B: with P =
   * (X^T X + penalty)^-1, B_ij = -P_ij / P_jj, i != j [1]. P has a row for each item; the matrix
   * over users that it follows from is smaller: P = (I - X^T K X) / penalty with K = (X X^T +
   * penalty)^-1 (Woodbury). So K alone is kept, and
   *   P_jj  = (1 - sum of K over pairs of users of j) / penalty
   *   (x P)_j = (x_j - sum of (X x)^T K over users of j) / penalty
   * give the score of a history x as -(x P)_j / P_jj. Scores of its own items have no meaning: B_jj
   * = 0 is not in them, and they are excluded from answers. K is kept in single precision: an
   * answer reads all of it. [1] Steck 2019, arXiv 1905.03375
   */

  /** Maximum number of users, evenly sampled: K is quadratic in them, its inversion cubic. */
  public static final int MAX_USERS = 8_000;

  private final ImplicitFeedback byUser;
  private final ImplicitFeedback byItem;
  private final double penalty;
  private final float[][] k; // [user][user]
  private final double[] diagonal; // P_jj times penalty, [row]

  /**
   * @param penalty on the squares of the weights, above 0
   */
  Ease(ImplicitFeedback all, double penalty) {
    check(penalty > 0, "penalty is %s, expected more than 0", penalty);
    this.byUser = all.sample(MAX_USERS);
    this.byItem = byUser.transposed();
    this.penalty = penalty;
    DMatrixRMaj exact = inverse(gram());
    this.diagonal =
        IntStream.range(0, byUser.items())
            .parallel()
            .mapToDouble(row -> diagonal(exact, row))
            .toArray();
    this.k = floats(exact);
  }

  /**
   * With the penalty that is best by recall@30 on the validation cases; ties go to the first, and
   * so does a data set without such cases.
   *
   * @param penalties at least one
   */
  static Ease best(ExperimentData data, List<Double> penalties) {
    check(!penalties.isEmpty(), "no penalties to choose from");
    ImplicitFeedback feedback = ImplicitFeedback.of(data.training(), data.rows());
    Optional<CaseGroup> cases = data.validation(CaseGroup.REC);
    Ease best = new Ease(feedback, penalties.get(0));
    if (cases.isEmpty()) {
      return best;
    }
    double recall = recall(best, cases.get());
    for (double penalty : penalties.subList(1, penalties.size())) {
      Ease next = new Ease(feedback, penalty);
      double reached = recall(next, cases.get());
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

  @Override
  public float[] scores(EvaluationCase one) {
    return scores(Histories.of("EASE", one));
  }

  private float[] scores(EvaluationQuery.History history) {
    float[] weights = weights(history);
    float[] scores = new float[byUser.items()];
    for (int row = 0; row < scores.length; row++) {
      double sum = 0;
      for (int user : byItem.rows(row)) {
        sum += weights[user];
      }
      scores[row] = (float) (sum / diagonal[row]);
    }
    return scores;
  }

  /** (X x)^T K: the weight of each user for this history, shape [user]. */
  private float[] weights(EvaluationQuery.History history) {
    float[] shared = new float[byUser.users()];
    for (int row : history.rows()) {
      for (int user : byItem.rows(row)) {
        shared[user]++;
      }
    }
    float[] weights = new float[shared.length];
    for (int other = 0; other < shared.length; other++) {
      if (shared[other] > 0) {
        for (int user = 0; user < weights.length; user++) {
          weights[user] += shared[other] * k[other][user];
        }
      }
    }
    return weights;
  }

  /** X X^T + penalty. */
  private DMatrixRMaj gram() {
    int n = byUser.users();
    DMatrixRMaj gram = new DMatrixRMaj(n, n);
    IntStream.range(0, n)
        .parallel()
        .forEach(
            user -> {
              for (int row : byUser.rows(user)) {
                for (int other : byItem.rows(row)) {
                  gram.add(user, other, 1);
                }
              }
              gram.add(user, user, penalty);
            });
    return gram;
  }

  private static DMatrixRMaj inverse(DMatrixRMaj gram) {
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_MT_DDRM.symmPosDef(gram.numRows);
    check(solver.setA(gram), "matrix of %d rows is not positive definite", gram.numRows);
    DMatrixRMaj inverse = gram.createLike();
    solver.invert(inverse);
    return inverse;
  }

  private static float[][] floats(DMatrixRMaj matrix) {
    float[][] floats = new float[matrix.numRows][matrix.numCols];
    for (int row = 0; row < matrix.numRows; row++) {
      for (int column = 0; column < matrix.numCols; column++) {
        floats[row][column] = (float) matrix.get(row, column);
      }
    }
    return floats;
  }

  private double diagonal(DMatrixRMaj k, int row) {
    double sum = 0;
    for (int user : byItem.rows(row)) {
      for (int other : byItem.rows(row)) {
        sum += k.get(user, other);
      }
    }
    return 1 - sum;
  }
}
