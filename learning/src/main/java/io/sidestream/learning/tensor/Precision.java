package io.sidestream.learning.tensor;

import java.util.Locale;

/** How exactly a GPU multiplies matrices of float32; a processor is always exact. */
public enum Precision {
  FLOAT32,
  /** Factors cut to 10 bits of mantissa, sums in float32: several times faster. */
  TF32;

  /** As in settings. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
