package io.sidestream.model.vectors;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

/** A matrix of weights. Shape: values[row * columns + column]. */
public record Matrix(int rows, int columns, float[] values) {
  public Matrix {
    checkEqual(values.length, (long) rows * columns, "matrix holds %d numbers");
    values = values.clone();
  }

  @Override
  public float[] values() {
    return values.clone();
  }

  /** Adds this matrix times {@code vector} (length columns) to {@code sum} (length rows). */
  public void multiplyAdd(float[] vector, float[] sum) {
    check(
        vector.length == columns && sum.length == rows,
        "matrix of %d x %d cannot take %d numbers to %d",
        rows,
        columns,
        vector.length,
        sum.length);
    for (int row = 0; row < rows; row++) {
      sum[row] += Vectors.dot(values, row * columns, vector);
    }
  }
}
