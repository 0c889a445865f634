package io.sidestream.learning.tensor;

import java.util.SplittableRandom;

/** Takes the first values of a model's weights, each name once. */
public interface InitialWeights {
  /** Adds a weight drawn from a normal distribution around 0. */
  void normal(String name, double deviation, SplittableRandom random, long... shape);

  /** Adds a weight that is the same everywhere. */
  void constant(String name, double value, long... shape);

  /** Adds a weight from values in row-major order. */
  void add(String name, float[] data, long... shape);
}
