package io.sidestream.learning.quantizer;

/**
 * The codes of a batch and their vectors, as constants without gradient. Arrays are not copied:
 * they live for one step.
 *
 * <p>Legend: B vectors, E latent dimensions; row-major.
 *
 * @param latents that were coded, shape [B * E]
 * @param codes shape [level][B]
 * @param vectors of the codes, shape [level][B * E]
 */
record CodeAssignment(float[] latents, long[][] codes, float[][] vectors) {
  /** The sum of the vectors of the levels above, shape [B * E]. */
  float[] above(int level) {
    float[] sum = new float[latents.length];
    for (int l = 0; l < level; l++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vectors[l][i];
      }
    }
    return sum;
  }

  /** The sum of the vectors of all levels, shape [B * E]. */
  float[] total() {
    return above(vectors.length);
  }

  /** What the levels above left, shape [B * E]. */
  float[] residual(int level) {
    return difference(latents, above(level));
  }

  /** What quantization changes, shape [B * E]: straight-through adds it to the latents. */
  float[] change() {
    return difference(total(), latents);
  }

  private static float[] difference(float[] from, float[] taken) {
    float[] left = from.clone();
    for (int i = 0; i < left.length; i++) {
      left[i] -= taken[i];
    }
    return left;
  }
}
