package io.sidestream.learning.codebook;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.sidestream.learning.tensor.Tensors;
import io.sidestream.model.onnx.Device;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the nearest centroid of each point by matrix products. Closed by its maker.
 *
 * <p>Legend: N points of a chunk, D dimensions, K centroids.
 */
final class NearestCentroids implements AutoCloseable {
  /*
   * |x - c|^2 = |x|^2 - 2 x.c + |c|^2, and |x|^2 is the same for all c. So one product and one sum
   * decide; chunks keep the scores (N, K) in the cache.
   */
  static final int CHUNK = 2048;

  private final NDManager manager;
  private final List<NDArray> chunks = new ArrayList<>(); // (N, D) each
  private final int points;
  private final int dimensions;
  private final int width;

  private NearestCentroids(Device device, int points, int dimensions, int width) {
    this.manager = Tensors.manager(device);
    this.points = points;
    this.dimensions = dimensions;
    this.width = width;
  }

  static NearestCentroids of(float[][] points, int width, Device device) {
    int dimensions = points[0].length;
    NearestCentroids nearest = new NearestCentroids(device, points.length, dimensions, width);
    for (int start = 0; start < points.length; start += CHUNK) {
      int end = Math.min(points.length, start + CHUNK);
      float[] flat = new float[(end - start) * dimensions];
      for (int row = start; row < end; row++) {
        System.arraycopy(points[row], 0, flat, (row - start) * dimensions, dimensions);
      }
      nearest.chunks.add(Tensors.floats(nearest.manager, flat, end - start, dimensions));
    }
    return nearest;
  }

  /**
   * Each point's code, shape [point]; the lower one on a tie.
   *
   * @param centroids shape [code * dimensions + dimension]
   */
  int[] codes(float[] centroids) {
    int[] codes = new int[points];
    try (NDManager step = manager.newSubManager()) {
      NDArray products =
          Tensors.floats(step, transposedTimesMinusTwo(centroids), dimensions, width);
      NDArray squares = Tensors.floats(step, squares(centroids), 1, width); // (1, K)
      int row = 0;
      for (NDArray chunk : chunks) {
        for (long code : nearest(chunk, products, squares)) {
          codes[row++] = (int) code;
        }
      }
    }
    return codes;
  }

  /**
   * Squared distances to these centroids, chunk by chunk.
   *
   * @param centroids shape [code * dimensions + dimension]
   */
  Products at(float[] centroids) {
    return new Products(centroids);
  }

  /** The products of one set of centroids. Closed by its maker. */
  final class Products implements AutoCloseable {
    private final NDManager step = manager.newSubManager();
    private final NDArray products; // (D, K)
    private final NDArray squares; // (1, K)

    private Products(float[] centroids) {
      products = Tensors.floats(step, transposedTimesMinusTwo(centroids), dimensions, width);
      squares = Tensors.floats(step, squares(centroids), 1, width);
    }

    /** How far a chunk's points are from each centroid, but for their own squares: (N, K). */
    float[] squaredDistances(int chunk) {
      try (NDManager ofChunk = step.newSubManager()) {
        NDArray scores = chunks.get(chunk).matMul(products); // (N, K)
        scores.attach(ofChunk);
        return scores.add(squares).toFloatArray();
      }
    }

    @Override
    public void close() {
      step.close();
    }
  }

  private long[] nearest(NDArray chunk, NDArray products, NDArray squares) {
    try (NDManager step = manager.newSubManager()) {
      NDArray scores = chunk.matMul(products); // (N, K)
      scores.attach(step);
      NDArray distances = scores.add(squares); // (N, K)
      return distances.argMin(1).toLongArray(); // (N)
    }
  }

  private float[] transposedTimesMinusTwo(float[] centroids) {
    float[] transposed = new float[centroids.length];
    for (int code = 0; code < width; code++) {
      for (int d = 0; d < dimensions; d++) {
        transposed[d * width + code] = -2 * centroids[code * dimensions + d];
      }
    }
    return transposed;
  }

  private float[] squares(float[] centroids) {
    float[] squares = new float[width];
    float[] origin = new float[dimensions];
    for (int code = 0; code < width; code++) {
      squares[code] =
          (float) QuantizationError.squaredDistance(origin, centroids, code * dimensions);
    }
    return squares;
  }

  @Override
  public void close() {
    manager.close();
  }
}
