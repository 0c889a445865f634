package io.sidestream.learning.generator;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.generator.GeneratorShape;

/**
 * Initial logits of codes from a prompt's vector: its inner products with the centroids. Shape:
 * weights[level][dimension][code], row-major; score of a code = vector · its column.
 */
public record CentroidLogits(float[] weights) {
  /*
   * Prompts and items lie in one space, and an item is nearly the sum of its centroids: vector ·
   * item ≈ Σ_l vector · centroid_l. So the inner product with a level's centroids, over the
   * temperature that the space was learned with, is already a fair logit for that level. The
   * generator begins there, learns these weights on like all others, and its layers learn what the
   * inner product misses. From scratch it would have to find that geometry in a few thousand
   * examples.
   */

  public CentroidLogits {
    weights = weights.clone();
  }

  /** All logits are 0. */
  static CentroidLogits zero(GeneratorShape shape) {
    return new CentroidLogits(new float[size(shape)]);
  }

  /**
   * Those of a codebook.
   *
   * @param temperature of the contrast by which the space was learned, above 0
   */
  public static CentroidLogits of(ResidualCodebook codebook, double temperature) {
    check(temperature > 0, "temperature is %s, expected above 0", temperature);
    int width = codebook.shape().width();
    int dimensions = codebook.dimensions();
    float[] weights = new float[codebook.shape().levels() * dimensions * width];
    for (int level = 0; level < codebook.shape().levels(); level++) {
      float[] centroids = codebook.centroids(level); // (K, D)
      for (int i = 0; i < centroids.length; i++) {
        int row = level * dimensions + i % dimensions;
        weights[row * width + i / dimensions] = (float) (centroids[i] / temperature);
      }
    }
    return new CentroidLogits(weights);
  }

  static int size(GeneratorShape shape) {
    return shape.codebook().levels() * shape.vectorDimensions() * shape.codebook().width();
  }

  @Override
  public float[] weights() {
    return weights.clone();
  }
}
