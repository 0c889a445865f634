package io.sidestream.learning.quantizer;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.codebook.VectorChecks;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Product quantization: dimensions are cut into as many equal parts as there are levels, and each
 * part is clustered by itself.
 *
 * @param iterations at most, per part
 */
record ProductQuantizer(CodebookShape shape, int iterations) implements Quantizer {
  /*
   * No code depends on another, so there is nothing coarse in the first. Parts are consecutive
   * dimensions; where they do not divide evenly, later parts are one longer. [1] Jégou, Douze &
   * Schmid 2011, IEEE Transactions on Pattern Analysis and Machine Intelligence 33
   */
  private static final int ITERATIONS = 20;

  /** 20 iterations. */
  public static ProductQuantizer of(CodebookShape shape) {
    return new ProductQuantizer(shape, ITERATIONS);
  }

  @Override
  public String name() {
    return "product quantization";
  }

  @Override
  public Quantized fit(float[][] vectors, long seed, TrainingProgress progress) {
    int dimensions = VectorChecks.dimensions(vectors);
    check(
        dimensions >= shape.levels(),
        "%d dimensions for %d parts, expected as many or more",
        dimensions,
        shape.levels());
    SplittableRandom random = new SplittableRandom(seed);
    int[][] codes = new int[vectors.length][shape.levels()];
    float[][] reconstruction = new float[vectors.length][dimensions];
    for (int level = 0; level < shape.levels(); level++) {
      int from = dimensions * level / shape.levels();
      int to = dimensions * (level + 1) / shape.levels();
      Quantized part = part(vectors, from, to, random.nextLong(), progress);
      for (int row = 0; row < codes.length; row++) {
        codes[row][level] = part.codes()[row][0];
        System.arraycopy(part.reconstruction()[row], 0, reconstruction[row], from, to - from);
      }
    }
    return new Quantized(shape, codes, reconstruction, List.of());
  }

  private Quantized part(
      float[][] vectors, int from, int to, long seed, TrainingProgress progress) {
    float[][] parts =
        IntStream.range(0, vectors.length)
            .mapToObj(row -> Arrays.copyOfRange(vectors[row], from, to))
            .toArray(float[][]::new);
    CodebookShape one = new CodebookShape(1, shape.width());
    return new ResidualKMeansQuantizer(name(), one, iterations, Double.POSITIVE_INFINITY)
        .fit(parts, seed, progress);
  }
}
