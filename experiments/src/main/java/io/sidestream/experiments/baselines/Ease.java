package io.sidestream.experiments.baselines;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.data.EvaluationQuery;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.evaluation.Scorer;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_MT_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * The linear model that gives back what people met best, no item by itself. Only recommendation.
 */
public final class Ease implements Scorer {
  /*
   * X (people by items, ones) is fitted by X B with a zero diagonal and a penalty on B: with P = (X^T X + penalty)^-1,
   * B_ij = -P_ij / P_jj, i != j [1]. P has a row for each item, and is larger than the matrix of people that is needed
   * to get at it: P = (I - X^T K X) / penalty with K = (X X^T + penalty)^-1 (Woodbury). So K alone is kept, and
   *   P_jj  = (1 - sum of K over pairs of people who met j) / penalty
   *   (x P)_j = (x_j - sum of (X x)^T K over people who met j) / penalty
   * give the score of a history x as -(x P)_j / P_jj. Its own items get no score that means anything: B_jj = 0 is not
   * in it, and they are excluded from answers. K is kept in single precision: an answer reads all of it. [1] Steck 2019, arXiv 1905.03375
   */

  /**
   * Most people learned from, evenly drawn from all: K is quadratic in them, and its making cubic.
   */
  public static final int MAX_PEOPLE = 8_000;

  private final InteractionMatrix meetings;
  private final double penalty;
  private final float[][] k; // [person][person]
  private final double[] diagonal; // P_jj times penalty, [row]

  Ease(InteractionMatrix all, double penalty) {
    check(penalty > 0, "penalty is %s, expected more than 0", penalty);
    this.meetings = all.atMost(MAX_PEOPLE);
    this.penalty = penalty;
    DMatrixRMaj exact = inverse(gram());
    this.diagonal =
        IntStream.range(0, meetings.rows())
            .parallel()
            .mapToDouble(row -> diagonal(exact, row))
            .toArray();
    this.k = floats(exact);
  }

  /**
   * @param penalty on the squares of the weights, above 0
   */
  public static Ease of(ExperimentData data, double penalty) {
    return new Ease(InteractionMatrix.of(data), penalty);
  }

  /** On the squares of the weights. */
  public double penalty() {
    return penalty;
  }

  @Override
  public float[] scores(Case one) {
    return scores(Histories.of("EASE", one));
  }

  private float[] scores(EvaluationQuery.History history) {
    float[] weights = weights(history);
    float[] scores = new float[meetings.rows()];
    for (int row = 0; row < scores.length; row++) {
      double sum = 0;
      for (int person : meetings.people(row)) {
        sum += weights[person];
      }
      scores[row] = (float) (sum / diagonal[row]);
    }
    return scores;
  }

  /** (X x)^T K: how much each person speaks for this history, shape [person]. */
  private float[] weights(EvaluationQuery.History history) {
    float[] shared = new float[meetings.persons()];
    for (int row : history.rows()) {
      for (int person : meetings.people(row)) {
        shared[person]++;
      }
    }
    float[] weights = new float[shared.length];
    for (int other = 0; other < shared.length; other++) {
      if (shared[other] > 0) {
        for (int person = 0; person < weights.length; person++) {
          weights[person] += shared[other] * k[other][person];
        }
      }
    }
    return weights;
  }

  /** X X^T + penalty. */
  private DMatrixRMaj gram() {
    int n = meetings.persons();
    DMatrixRMaj gram = new DMatrixRMaj(n, n);
    IntStream.range(0, n)
        .parallel()
        .forEach(
            person -> {
              for (int row : meetings.items(person)) {
                for (int other : meetings.people(row)) {
                  gram.add(person, other, 1);
                }
              }
              gram.add(person, person, penalty);
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
    for (int person : meetings.people(row)) {
      for (int other : meetings.people(row)) {
        sum += k.get(person, other);
      }
    }
    return 1 - sum;
  }
}
