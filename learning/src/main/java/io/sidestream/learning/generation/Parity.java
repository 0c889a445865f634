package io.sidestream.learning.generation;

import java.util.Locale;

/** How far a part may be in the runtime that serves from what it was in training. */
public enum Parity {
  /** Numbers of unit vectors: rounding of sums, and of a text encoder whose layers learned. */
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
   * @throws IllegalStateException when it is not, or is no number: what was exported is not what
   *     was learned
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
