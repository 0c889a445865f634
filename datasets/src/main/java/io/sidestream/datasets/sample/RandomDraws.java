package io.sidestream.datasets.sample;

import java.util.List;
import java.util.SplittableRandom;

/** Random draws that {@link SplittableRandom} lacks in Java 17. */
final class RandomDraws {
  private static final double SMALLEST = 1e-300;

  private RandomDraws() {}

  /** Any one of the choices, each as likely. */
  static <T> T one(List<T> choices, SplittableRandom random) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A standard normal number, by Box and Muller. */
  static double gaussian(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(random.nextDouble(SMALLEST, 1)));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** A Gumbel number: the argmax of scores plus these is a draw from the scores' softmax. */
  static double gumbel(SplittableRandom random) {
    return -Math.log(-Math.log(random.nextDouble(SMALLEST, 1)));
  }

  /** A waiting time with this mean. */
  static double exponential(double mean, SplittableRandom random) {
    return -mean * Math.log(random.nextDouble(SMALLEST, 1));
  }
}
