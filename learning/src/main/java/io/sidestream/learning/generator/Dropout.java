package io.sidestream.learning.generator;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import java.util.SplittableRandom;

/** Forgets a share of what passes through, while learning. */
record Dropout(double rate, SplittableRandom random) {
  /** Lets everything pass. */
  static final Dropout NONE = new Dropout(0, new SplittableRandom(0));

  NDArray apply(NDArray x) {
    return SafeMath.dropout(x, rate, random);
  }
}
