package io.sidestream.learning.quantizer;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.codebook.ResidualKMeans;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.Tensors;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import java.util.SplittableRandom;

/**
 * The bottleneck of an RQ-VAE: codebooks of latent vectors that learn by gradients, each coding
 * what the levels above left.
 *
 * <p>Legend: B vectors, E latent dimensions, K codes.
 *
 * @param dimensions E
 * @param commitment how strongly latents are pulled to their codes, beside codes to their latents
 * @param restarts whether a code that an epoch did not use starts again from a vector
 */
record VectorQuantizationBottleneck(
    String name, CodebookShape shape, int dimensions, double commitment, boolean restarts)
    implements Bottleneck {
  /*
   * Per level: mean of (sg[r] - e)^2 + commitment (r - sg[e])^2, where r is what the levels above
   * left of the latent and e the nearest code; ties take the lower. [1] Rajput et al. 2023, arXiv
   * 2305.05065, section 3.1 and appendix
   */
  private static final int FIRST_ITERATIONS = 20;

  @Override
  public void begin(Parameters parameters, float[][] latents, SplittableRandom random) {
    ResidualCodebook first =
        ResidualKMeans.fit(
                latents,
                shape,
                FIRST_ITERATIONS,
                Double.POSITIVE_INFINITY,
                random.nextLong(),
                TrainingProgress.NONE)
            .codebook();
    for (int level = 0; level < shape.levels(); level++) {
      parameters.add(weight(level), first.centroids(level), shape.width(), dimensions);
    }
  }

  @Override
  public CodeAssignment choose(TrainingStep step, NDArray latents) {
    int batch = Math.toIntExact(latents.getShape().get(0));
    long[][] codes = new long[shape.levels()][];
    float[][] vectors = new float[shape.levels()][];
    NDArray left = latents; // (B, E)
    for (int level = 0; level < codes.length; level++) {
      NDArray codebook = step.weight(weight(level)); // (K, E)
      NDArray products = left.matMul(codebook.transpose()); // (B, K)
      NDArray distances =
          SafeMath.multiply(products, -2).add(codebook.square().sum(new int[] {1})); // (B, K)
      codes[level] = distances.argMin(1).toLongArray();
      NDArray chosen = SafeMath.lookUp(codebook, step.indices(codes[level], batch)); // (B, E)
      vectors[level] = Tensors.toFloats(chosen);
      left = left.sub(chosen);
    }
    return new CodeAssignment(Tensors.toFloats(latents), codes, vectors);
  }

  @Override
  public NDArray loss(TrainingStep step, NDArray latents, CodeAssignment choice) {
    long[] shapes = latents.getShape().getShape();
    NDArray sum = step.floats(new float[1]).sum(); // ()
    for (int level = 0; level < shape.levels(); level++) {
      NDArray codes = step.indices(choice.codes()[level], shapes[0]); // (B)
      NDArray learned = SafeMath.lookUp(step.weight(weight(level)), codes); // (B, E)
      NDArray fixed = step.floats(choice.vectors()[level], shapes); // (B, E)
      NDArray target = step.floats(choice.residual(level), shapes); // (B, E)
      NDArray left = latents.sub(step.floats(choice.above(level), shapes)); // (B, E)
      sum = sum.add(learned.sub(target).square().mean());
      sum = sum.add(SafeMath.multiply(left.sub(fixed).square().mean(), commitment));
    }
    return sum;
  }

  /** Dhariwal et al. 2020, arXiv 2005.00341, section 3.1, by epoch instead of by running mean. */
  @Override
  public void afterEpoch(
      Parameters parameters, long[][] uses, CodeAssignment last, SplittableRandom random) {
    for (int level = 0; restarts && level < uses.length; level++) {
      float[] codebook = parameters.floats(weight(level));
      float[] residual = last.residual(level);
      for (int code = 0; code < uses[level].length; code++) {
        if (uses[level][code] == 0) {
          int row = random.nextInt(residual.length / dimensions);
          System.arraycopy(residual, row * dimensions, codebook, code * dimensions, dimensions);
        }
      }
      parameters.replace(weight(level), codebook);
    }
  }

  static String weight(int level) {
    return "codebook." + level;
  }
}
