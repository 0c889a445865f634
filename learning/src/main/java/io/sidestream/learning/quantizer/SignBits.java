package io.sidestream.learning.quantizer;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.Tensors;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.model.codes.CodebookShape;
import java.util.SplittableRandom;

/**
 * The bottleneck of lookup-free quantization: a code's bits are the signs of the latent dimensions,
 * the first dimension the highest bit; the next level takes the signs of what is left, at half the
 * size.
 *
 * <p>Legend: B vectors, E latent dimensions and bits, K = 2^E codes.
 */
record SignBits(
    String name, CodebookShape shape, double commitment, double entropyWeight, double diversity)
    implements Bottleneck {
  /*
   * The vector of level l is s sign(r) with s = 2^-l. Per level: commitment mean of (r - sg[s sign
   * r])^2 + entropyWeight (E H(p) - diversity H(E p)): each vector is to be sure of its code and
   * all vectors together are to use all codes, where p is a softmax over the K codes of minus the
   * squared distance of r / s, which over codes of one length is 2 r.c / s. [1] Yu et al. 2023,
   * arXiv 2310.05737, section 3.1, equations 4 to 6; residual levels of halving size as in Lee et
   * al. 2022, arXiv 2203.01941, section 3.1, with halved signs in the place of a codebook
   */
  private static final double TINY = 1e-12;

  @Override
  public int dimensions() {
    return Integer.numberOfTrailingZeros(shape.width());
  }

  @Override
  public void begin(Parameters parameters, float[][] latents, SplittableRandom random) {
    // no weights: that is its point
  }

  @Override
  public CodeAssignment choose(TrainingStep step, NDArray latents) {
    float[] left = Tensors.toFloats(latents);
    float[] all = left.clone();
    int bits = dimensions();
    long[][] codes = new long[shape.levels()][left.length / bits];
    float[][] vectors = new float[shape.levels()][left.length];
    for (int level = 0; level < codes.length; level++) {
      for (int i = 0; i < left.length; i++) {
        boolean up = left[i] > 0;
        codes[level][i / bits] = 2 * codes[level][i / bits] + (up ? 1 : 0);
        vectors[level][i] = up ? scale(level) : -scale(level);
        left[i] -= vectors[level][i];
      }
    }
    return new CodeAssignment(all, codes, vectors);
  }

  private static float scale(int level) {
    return (float) Math.pow(2, -level);
  }

  @Override
  public NDArray loss(TrainingStep step, NDArray latents, CodeAssignment choice) {
    long[] shapes = latents.getShape().getShape();
    NDArray signs = step.floats(signs(), dimensions(), shape.width()); // (E, K)
    NDArray sum = step.floats(new float[1]).sum(); // ()
    for (int level = 0; level < shape.levels(); level++) {
      NDArray left = latents.sub(step.floats(choice.above(level), shapes)); // (B, E)
      NDArray fixed = step.floats(choice.vectors()[level], shapes); // (B, E)
      NDArray scores = SafeMath.multiply(left.matMul(signs), 2 / scale(level)); // (B, K)
      sum = sum.add(SafeMath.multiply(left.sub(fixed).square().mean(), commitment));
      sum = sum.add(SafeMath.multiply(entropies(scores), entropyWeight));
    }
    return sum;
  }

  /** E H(p) − diversity · H(E p), shape (). */
  private NDArray entropies(NDArray scores) {
    NDArray log = SafeMath.logSoftmax(scores, 1); // (B, K)
    NDArray shares = log.exp(); // (B, K)
    NDArray own = shares.mul(log).sum(new int[] {1}).mean().neg(); // ()
    NDArray mean = shares.mean(new int[] {0}); // (K)
    NDArray logMean = mean.add(Tensors.scalar(mean, TINY)).log(); // (K)
    NDArray together = mean.mul(logMean).sum().neg(); // ()
    return own.sub(SafeMath.multiply(together, diversity));
  }

  /** Column c holds the signs of code c, row-major (E, K). */
  private float[] signs() {
    int bits = dimensions();
    float[] signs = new float[bits * shape.width()];
    for (int bit = 0; bit < bits; bit++) {
      for (int code = 0; code < shape.width(); code++) {
        signs[bit * shape.width() + code] = (code >> (bits - 1 - bit) & 1) == 1 ? 1 : -1;
      }
    }
    return signs;
  }

  @Override
  public void afterEpoch(
      Parameters parameters, long[][] uses, CodeAssignment last, SplittableRandom random) {
    // nothing can die: codes are no weights
  }
}
