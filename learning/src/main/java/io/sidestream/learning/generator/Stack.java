package io.sidestream.learning.generator;

import java.util.Locale;

/** The two halves of the generator. */
enum Stack {
  ENCODER,
  DECODER;

  /** As in names of weights. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
