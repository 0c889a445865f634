package io.sidestream.learning.transformer;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import java.util.SplittableRandom;

/**
 * Zeroes a share of what passes through, and scales the rest up.
 *
 * @param rate the share, 0 to below 1
 */
public record Dropout(double rate, SplittableRandom random) {
  /** Lets everything pass. */
  public static final Dropout NONE = new Dropout(0, new SplittableRandom(0));

  NDArray apply(NDArray x) {
    return SafeMath.dropout(x, rate, random);
  }
}
