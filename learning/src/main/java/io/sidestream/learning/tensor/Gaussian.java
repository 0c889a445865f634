package io.sidestream.learning.tensor;

import java.util.SplittableRandom;

/** Normally distributed numbers from a seed, the same on every machine. */
final class Gaussian {
  private Gaussian() {}

  /** Mean 0. */
  static float[] samples(SplittableRandom random, int count, double deviation) {
    float[] samples = new float[count];
    for (int i = 0; i < count; i++) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
      double angle = 2 * StrictMath.PI * random.nextDouble();
      samples[i] = (float) (deviation * radius * StrictMath.cos(angle));
    }
    return samples;
  }
}
