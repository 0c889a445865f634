package io.sidestream.learning.generation;

import java.util.Locale;

/** Maximum difference of a model part between the serving runtime and training. */
public enum Parity {
  /** Components of unit vectors: rounding of sums, and of a fine-tuned text encoder. */
  TOWERS(1e-3),
  /** Log-probabilities of IDs. */
  GENERATOR(1e-2);

  private final double most;

  Parity(double most) {
    this.most = most;
  }

  /** As in manifests. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public double most() {
    return most;
  }

  /**
   * The difference, when it is small enough.
   *
   * @throws IllegalStateException when it is too large or NaN: the exported model differs from the
   *     trained one
   */
  public double checked(double difference) {
    if (difference <= most) {
      return difference;
    }
    throw new IllegalStateException(
        String.format(
            Locale.ROOT,
            "%s differs by %.1e between training and runtime, expected at most %.1e",
            label(),
            difference,
            most));
  }
}
