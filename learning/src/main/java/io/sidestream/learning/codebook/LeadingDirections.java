package io.sidestream.learning.codebook;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.sidestream.learning.collaborative.LeadingEigenvectors;
import io.sidestream.learning.tensor.Tensors;
import io.sidestream.model.onnx.Device;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;

/**
 * The few orthonormal directions along which points spread most: the leading principal axes of a
 * sample.
 *
 * <p>Legend: S points of the sample, D dimensions, C directions.
 */
final class LeadingDirections {
  /** Share of the squared deviations from the mean that is along them. */
  private static final double SHARE = 0.9;

  /** D over C is at least this: products with more directions would save little. */
  private static final int FEWER = 6;

  /** Least D. */
  static final int LEAST_DIMENSIONS = 256;

  /** S; points are at least as many. */
  static final int SAMPLE = 4096;

  private static final int ITERATIONS = 3;

  private LeadingDirections() {}

  /** A matrix, shape [dimension * C + direction]; empty where few directions say too little. */
  static Optional<float[]> of(float[][] points, SplittableRandom random, Device device) {
    int dimensions = points[0].length;
    if (points.length < SAMPLE || dimensions < LEAST_DIMENSIONS) {
      return Optional.empty();
    }
    float[][] sample = CentroidSeeding.sample(points, SAMPLE, random);
    try (NDManager manager = Tensors.manager(device)) {
      NDArray scatter = scatter(sample, manager);
      LeadingEigenvectors leading =
          LeadingEigenvectors.of(
              dimensions,
              block -> times(scatter, block),
              dimensions / FEWER,
              ITERATIONS,
              random.nextLong());
      int count = count(leading, scatter.toFloatArray(), dimensions);
      return count == 0 ? Optional.empty() : Optional.of(matrix(leading, dimensions, count));
    }
  }

  /** Products of the deviations from the mean, summed over the sample: (D, D). */
  private static NDArray scatter(float[][] sample, NDManager manager) {
    int dimensions = sample[0].length;
    float[] deviations = new float[sample.length * dimensions];
    float[] mean = FormerClusters.of(sample, new int[sample.length], 1).means();
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = sample[i / dimensions][i % dimensions] - mean[i % dimensions];
    }
    NDArray rows = Tensors.floats(manager, deviations, sample.length, dimensions); // (S, D)
    return rows.transpose().matMul(rows); // (D, D)
  }

  private static DMatrixRMaj times(NDArray scatter, DMatrixRMaj block) {
    float[] factor = new float[block.getNumElements()];
    for (int i = 0; i < factor.length; i++) {
      factor[i] = (float) block.data[i];
    }
    DMatrixRMaj product = new DMatrixRMaj(block.numRows, block.numCols);
    try (NDManager step = scatter.getManager().newSubManager()) {
      NDArray found = scatter.matMul(Tensors.floats(step, factor, block.numRows, block.numCols));
      found.attach(step);
      float[] products = found.toFloatArray();
      for (int i = 0; i < products.length; i++) {
        product.data[i] = products[i];
      }
    }
    return product;
  }

  /** The least number of directions with that share; 0 where all that are known have less. */
  private static int count(LeadingEigenvectors leading, float[] scatter, int dimensions) {
    double all = 0;
    for (int d = 0; d < dimensions; d++) {
      all += scatter[d * dimensions + d];
    }
    double along = 0;
    for (int i = 0; i < dimensions / FEWER && all > 0; i++) {
      along += leading.value(i);
      if (along >= SHARE * all) {
        return i + 1;
      }
    }
    return 0;
  }

  private static float[] matrix(LeadingEigenvectors leading, int dimensions, int count) {
    float[] matrix = new float[dimensions * count];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = (float) leading.component(i / count, i % count);
    }
    return matrix;
  }
}
