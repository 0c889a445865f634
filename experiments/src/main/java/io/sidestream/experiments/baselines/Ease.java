package io.sidestream.experiments.baselines;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.data.EvaluationQuery;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.evaluation.Scorer;
import java.util.Arrays;
import java.util.stream.IntStream;

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
    double[][] exact = PositiveDefinite.inverse(gram());
    this.diagonal =
        IntStream.range(0, meetings.rows())
            .parallel()
            .mapToDouble(row -> diagonal(exact, row))
            .toArray();
    this.k = Arrays.stream(exact).map(Ease::floats).toArray(float[][]::new);
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
  private double[][] gram() {
    double[][] gram = new double[meetings.persons()][meetings.persons()];
    IntStream.range(0, gram.length)
        .parallel()
        .forEach(
            person -> {
              for (int row : meetings.items(person)) {
                for (int other : meetings.people(row)) {
                  gram[person][other]++;
                }
              }
              gram[person][person] += penalty;
            });
    return gram;
  }

  private static float[] floats(double[] row) {
    float[] floats = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      floats[i] = (float) row[i];
    }
    return floats;
  }

  private double diagonal(double[][] k, int row) {
    double sum = 0;
    for (int person : meetings.people(row)) {
      for (int other : meetings.people(row)) {
        sum += k[person][other];
      }
    }
    return 1 - sum;
  }
}
