package io.sidestream.learning.pretrained;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Rows for tokens that a table does not have yet. */
final class NewTokenEmbeddings {
  /*
   * Hewitt 2021, Initializing new word embeddings for pretrained language models: near the mean of
   * the old rows a new token takes nothing away from them. transformers draws from a normal
   * distribution around the mean with the old rows' covariance times 1e-9; here only its diagonal
   * is used, which differs in the fifth digit of a row.
   */
  private static final double COVARIANCE = 1e-9;

  private NewTokenEmbeddings() {}

  /**
   * The table with {@code rows} more rows after its own.
   *
   * @param table row-major, at least one row
   */
  static float[] after(float[] table, int columns, int rows, SplittableRandom random) {
    double[] mean = new double[columns];
    double[] square = new double[columns];
    for (int i = 0; i < table.length; i++) {
      mean[i % columns] += table[i];
      square[i % columns] += (double) table[i] * table[i];
    }
    int old = table.length / columns;
    float[] longer = Arrays.copyOf(table, table.length + rows * columns);
    for (int i = table.length; i < longer.length; i++) {
      double middle = mean[i % columns] / old;
      double variance = Math.max(0, square[i % columns] / old - middle * middle);
      longer[i] = (float) (middle + gaussian(random) * Math.sqrt(COVARIANCE * variance));
    }
    return longer;
  }

  private static double gaussian(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }
}
