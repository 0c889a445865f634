package io.sidestream.learning.quantizer;

import io.sidestream.learning.progress.TrainingProgress;

/** A way to turn item vectors into codes. */
public interface Quantizer {
  /** Its published name and what is set differently, for tables. */
  String name();

  /**
   * Codes for these vectors. Same arguments, same codes.
   *
   * @param vectors at least one, all of one length, finite
   */
  Quantized fit(float[][] vectors, long seed, TrainingProgress progress);
}
