package io.sidestream.learning.codebook;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.sidestream.learning.tensor.Tensors;

/**
 * Finds the nearest centroid of each point by matrix products.
 *
 * <p>Legend: N points of a chunk, D dimensions, K centroids.
 */
final class NearestCentroids {
  /*
   * |x - c|^2 = |x|^2 - 2 x.c + |c|^2, and |x|^2 is the same for all c. So one product and one sum
   * decide; chunks keep the scores (N, K) in the cache.
   */
  private final PointChunks points;
  private final int dimensions;
  private final int width;

  /**
   * @param points closed by their maker, after this
   * @param width how many centroids there are
   */
  NearestCentroids(PointChunks points, int width) {
    this.points = points;
    this.dimensions = points.dimensions();
    this.width = width;
  }

  /**
   * Each point's code, shape [point]; the lower one on a tie.
   *
   * @param centroids shape [code * dimensions + dimension]
   */
  int[] codes(float[] centroids) {
    int[] codes = new int[points.points()];
    try (Products products = at(centroids)) {
      for (int from = 0; from < codes.length; from += PointChunks.CHUNK) {
        float[] scores = products.timesMinusTwo(from / PointChunks.CHUNK);
        for (int at = 0; at < scores.length; at += width) {
          codes[from + at / width] = least(scores, at, products.squares());
        }
      }
    }
    return codes;
  }

  private static int least(float[] scores, int row, float[] squares) {
    int least = 0;
    float score = scores[row] + squares[0];
    for (int code = 1; code < squares.length; code++) {
      float other = scores[row + code] + squares[code];
      if (other < score) {
        score = other;
        least = code;
      }
    }
    return least;
  }

  /**
   * Products with these centroids, chunk by chunk.
   *
   * @param centroids shape [code * dimensions + dimension]
   */
  Products at(float[] centroids) {
    return new Products(centroids);
  }

  /** The products of one set of centroids. Closed by its maker. */
  final class Products implements AutoCloseable {
    private final NDManager step = points.step();
    private final NDArray transposed; // (D, K), times -2
    private final float[] squares; // [code]

    private Products(float[] centroids) {
      transposed = Tensors.floats(step, transposedTimesMinusTwo(centroids), dimensions, width);
      squares = squaresOf(centroids);
    }

    /** -2 x.c of a chunk's points and each centroid, row-major (N, K). */
    float[] timesMinusTwo(int chunk) {
      try (NDArray scores = points.chunks().get(chunk).matMul(transposed)) {
        return scores.toFloatArray();
      }
    }

    /** Squared lengths of the centroids, [code]; not a copy. */
    float[] squares() {
      return squares;
    }

    @Override
    public void close() {
      step.close();
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

  private float[] squaresOf(float[] centroids) {
    float[] squares = new float[width];
    float[] origin = new float[dimensions];
    for (int code = 0; code < width; code++) {
      squares[code] =
          (float) QuantizationError.squaredDistance(origin, centroids, code * dimensions);
    }
    return squares;
  }
}
