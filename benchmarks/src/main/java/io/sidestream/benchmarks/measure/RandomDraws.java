package io.sidestream.benchmarks.measure;

import java.util.SplittableRandom;

/** Random numbers of distributions that the generator has not. */
public final class RandomDraws {
  private RandomDraws() {}

  /** A normal draw by the sum of twelve uniform ones: near enough, the same on every machine. */
  public static double gaussian(SplittableRandom random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }
}
