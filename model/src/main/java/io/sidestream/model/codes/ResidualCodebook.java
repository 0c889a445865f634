package io.sidestream.model.codes;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import java.util.Arrays;

/**
 * The centroids of one generation: a vector becomes one code per level, each quantizing the
 * residual of the levels above. Immutable.
 */
public final class ResidualCodebook {
  /*
   * Encoding is greedy: level l takes the centroid nearest to the residual r_l, then r_{l+1} = r_l
   * - centroid. Greedy does not find the nearest sum of centroids, but it is what the generator was
   * trained on. Ties go to the lower index, which keeps codes equal across machines. [1] Rajput et
   * al. 2023, arXiv 2305.05065, section 3.1
   */
  private final CodebookShape shape;
  private final int dimensions;
  private final float[][] centroids; // [level][code * dimensions + dimension]

  /**
   * @param centroids shape [level][code * dimensions + dimension], copied
   */
  public ResidualCodebook(CodebookShape shape, int dimensions, float[][] centroids) {
    checkEqual(centroids.length, shape.levels(), "codebook has centroids for %d levels");
    this.shape = shape;
    this.dimensions = dimensions;
    this.centroids = new float[centroids.length][];
    for (int level = 0; level < centroids.length; level++) {
      check(
          centroids[level].length == shape.width() * dimensions,
          "level %d of the codebook holds %d numbers, expected %d centroids of %d",
          level,
          centroids[level].length,
          shape.width(),
          dimensions);
      this.centroids[level] = centroids[level].clone();
    }
  }

  public CodebookShape shape() {
    return shape;
  }

  /** Length of the vectors it codes. */
  public int dimensions() {
    return dimensions;
  }

  /** The centroids of one level, shape [code * dimensions + dimension], a copy. */
  public float[] centroids(int level) {
    return centroids[level].clone();
  }

  /** The codes of a vector, shape [level]. */
  public int[] encode(float[] vector) {
    checkEqual(vector.length, dimensions, "vector has %d dimensions");
    float[] residual = vector.clone();
    int[] codes = new int[shape.levels()];
    for (int level = 0; level < codes.length; level++) {
      codes[level] = nearest(centroids[level], residual);
      subtract(residual, centroids[level], codes[level]);
    }
    return codes;
  }

  /**
   * How clearly the codes of a vector are the nearest: the least difference, over the levels,
   * between the squared distance to the chosen centroid and to the next one that lies farther. A
   * vector whose margin is no larger than rounding may get other codes on another machine.
   */
  public double margin(float[] vector) {
    int[] codes = encode(vector);
    float[] residual = vector.clone();
    double margin = Double.POSITIVE_INFINITY;
    for (int level = 0; level < codes.length; level++) {
      double chosen = squaredDistance(centroids[level], codes[level] * dimensions, residual);
      for (int code = 0; code < shape.width(); code++) {
        double other = squaredDistance(centroids[level], code * dimensions, residual);
        if (other > chosen) {
          margin = Math.min(margin, other - chosen);
        }
      }
      subtract(residual, centroids[level], codes[level]);
    }
    return margin;
  }

  /** The reconstruction from codes: the sum of their centroids. */
  public float[] decode(int[] codes) {
    checkEqual(codes.length, shape.levels(), "id has %d codes");
    float[] sum = new float[dimensions];
    for (int level = 0; level < codes.length; level++) {
      for (int d = 0; d < dimensions; d++) {
        sum[d] += centroids[level][codes[level] * dimensions + d];
      }
    }
    return sum;
  }

  /** The reconstruction from each ID, shape [row][D]. */
  public float[][] decode(int[][] codes) {
    return Arrays.stream(codes).map(this::decode).toArray(float[][]::new);
  }

  private int nearest(float[] level, float[] residual) {
    int best = 0;
    double bestDistance = Double.POSITIVE_INFINITY;
    for (int code = 0; code < shape.width(); code++) {
      double distance = squaredDistance(level, code * dimensions, residual);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = code;
      }
    }
    return best;
  }

  private static double squaredDistance(float[] level, int offset, float[] residual) {
    double sum = 0;
    for (int d = 0; d < residual.length; d++) {
      double difference = residual[d] - level[offset + d];
      sum += difference * difference;
    }
    return sum;
  }

  private void subtract(float[] residual, float[] level, int code) {
    for (int d = 0; d < dimensions; d++) {
      residual[d] -= level[code * dimensions + d];
    }
  }
}
