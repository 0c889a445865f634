package io.sidestream.learning.tensor;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Normally distributed numbers from a seed, the same on every machine. */
final class Gaussian {
  /*
   * Uniform numbers are drawn one after the other, what is computed of them is computed by all
   * processors: a model of 250 million weights begins in seconds.
   */
  private static final int CHUNK = 1 << 18;

  private Gaussian() {}

  /** Mean 0. */
  static float[] samples(SplittableRandom random, int count, double deviation) {
    float[] samples = new float[count];
    double[] uniform = new double[2 * Math.min(count, CHUNK)];
    for (int from = 0; from < count; from += CHUNK) {
      int start = from;
      int some = Math.min(CHUNK, count - from);
      for (int i = 0; i < 2 * some; i++) {
        uniform[i] = random.nextDouble();
      }
      IntStream.range(0, some)
          .parallel()
          .forEach(i -> samples[start + i] = (float) sample(uniform, i, deviation));
    }
    return samples;
  }

  private static double sample(double[] uniform, int at, double deviation) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform[2 * at]));
    double angle = 2 * StrictMath.PI * uniform[2 * at + 1];
    return deviation * radius * StrictMath.cos(angle);
  }
}
