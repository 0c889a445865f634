package io.sidestream.learning.generation;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.PopularityPrediction;
import io.sidestream.model.vectors.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** Ridge regression from items' vectors by text alone to log(1 + count), over warm items. */
final class PopularityRegression {
  /*
   * Minimizes Σ (x·w + b - y)^2 + penalty |w|^2; the intercept is not penalized. The penalty is a
   * multiple of n / D, the mean of the diagonal of X^T X, since the vectors are of length 1. Which
   * multiple, the folds say: each fifth of the items is predicted from the other four, and the one
   * with the least squared error is taken. X^T X of the folds is added up, so that all of
   * this costs one pass over the items. Sums are taken in the order of rows: threads make no
   * difference.
   */
  private static final int FOLDS = 5;
  private static final double[] STRENGTHS = {100, 10, 3, 1, 0.3, 0.1, 0.03, 0.01};

  /** With fewer warm items, the mean is as good. */
  static final int MIN_ITEMS = 50;

  private final float[][] vectors; // [i][D], of warm items
  private final float[] targets; // [i]
  private final int columns; // D + 1

  private PopularityRegression(float[][] vectors, float[] targets) {
    this.vectors = vectors;
    this.targets = targets;
    this.columns = vectors[0].length + 1;
  }

  /**
   * The prediction that the counts of a corpus give.
   *
   * @param texts unit vectors of the items by text alone, shape [row][D]
   */
  static PopularityPrediction of(float[][] texts, Assignments corpus) {
    int[] warm =
        IntStream.range(0, corpus.size())
            .filter(row -> corpus.interactions()[row] > 0 || corpus.searches()[row] > 0)
            .toArray();
    if (warm.length == 0) {
      return PopularityPrediction.NONE;
    }
    float[][] vectors = Arrays.stream(warm).mapToObj(row -> texts[row]).toArray(float[][]::new);
    return new PopularityPrediction(
        new PopularityRegression(vectors, logs(corpus.interactions(), warm)).coefficients(),
        new PopularityRegression(vectors, logs(corpus.searches(), warm)).coefficients());
  }

  private static float[] logs(float[] counts, int[] rows) {
    float[] logs = new float[rows.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log1p(counts[rows[i]]);
    }
    return logs;
  }

  /** Shape [D + 1], the intercept last. */
  private float[] coefficients() {
    if (vectors.length < MIN_ITEMS) {
      double sum = 0;
      for (float target : targets) {
        sum += target;
      }
      return intercept(sum / targets.length);
    }
    List<Sums> folds =
        IntStream.range(0, FOLDS).parallel().mapToObj(fold -> Sums.of(this, fold)).toList();
    Sums all = Sums.none(columns);
    folds.forEach(fold -> all.add(fold, 1));
    return floats(all.solve(strength(folds, all)));
  }

  private float[] intercept(double mean) {
    float[] coefficients = new float[columns];
    coefficients[columns - 1] = (float) mean;
    return coefficients;
  }

  private double strength(List<Sums> folds, Sums all) {
    double best = STRENGTHS[0];
    double leastError = Double.POSITIVE_INFINITY;
    for (double strength : STRENGTHS) {
      double error = 0;
      for (int fold = 0; fold < FOLDS; fold++) {
        Sums others = Sums.none(columns);
        others.add(all, 1);
        others.add(folds.get(fold), -1);
        error += squaredError(others.solve(strength), fold);
      }
      if (error < leastError) {
        best = strength;
        leastError = error;
      }
    }
    return best;
  }

  private double squaredError(DMatrixRMaj coefficients, int fold) {
    float[] weights = floats(coefficients);
    double sum = 0;
    for (int i = fold; i < vectors.length; i += FOLDS) {
      double difference = weights[columns - 1] - targets[i];
      difference += Vectors.dot(weights, 0, vectors[i]);
      sum += difference * difference;
    }
    return sum;
  }

  private static float[] floats(DMatrixRMaj column) {
    float[] floats = new float[column.getNumElements()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) column.get(i);
    }
    return floats;
  }

  /** X^T X and X^T y of some items, where X has a last column of ones. */
  private static final class Sums {
    private final double[][] products; // [D + 1][D + 1], the upper half
    private final double[] ofTargets; // [D + 1]
    private long items;

    private Sums(int columns) {
      this.products = new double[columns][columns];
      this.ofTargets = new double[columns];
    }

    static Sums none(int columns) {
      return new Sums(columns);
    }

    /** Of every {@value #FOLDS}th item. */
    static Sums of(PopularityRegression regression, int fold) {
      Sums sums = new Sums(regression.columns);
      float[] row = new float[regression.columns];
      row[row.length - 1] = 1;
      for (int i = fold; i < regression.vectors.length; i += FOLDS) {
        System.arraycopy(regression.vectors[i], 0, row, 0, row.length - 1);
        sums.add(row, regression.targets[i]);
      }
      return sums;
    }

    private void add(float[] row, float target) {
      items++;
      for (int d = 0; d < row.length; d++) {
        ofTargets[d] += (double) row[d] * target;
        for (int e = d; e < row.length; e++) {
          products[d][e] += (double) row[d] * row[e];
        }
      }
    }

    void add(Sums other, int sign) {
      items += sign * other.items;
      for (int d = 0; d < ofTargets.length; d++) {
        ofTargets[d] += sign * other.ofTargets[d];
        for (int e = d; e < ofTargets.length; e++) {
          products[d][e] += sign * other.products[d][e];
        }
      }
    }

    DMatrixRMaj solve(double strength) {
      int columns = ofTargets.length;
      DMatrixRMaj left = new DMatrixRMaj(columns, columns);
      double penalty = strength * items / (columns - 1);
      for (int d = 0; d < columns; d++) {
        for (int e = 0; e < columns; e++) {
          left.set(d, e, products[Math.min(d, e)][Math.max(d, e)]);
        }
        left.add(d, d, d < columns - 1 ? penalty : 0);
      }
      LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(columns);
      check(solver.setA(left), "popularity of %d items has no regression", items);
      DMatrixRMaj solution = new DMatrixRMaj(columns, 1);
      solver.solve(DMatrixRMaj.wrap(columns, 1, ofTargets.clone()), solution);
      return solution;
    }
  }
}
