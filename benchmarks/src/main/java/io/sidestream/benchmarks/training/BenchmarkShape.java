package io.sidestream.benchmarks.training;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorShape;

/** The generators that are measured; all read prompts of {@link #TOKENS} tokens. */
enum BenchmarkShape {
  /** Too small to measure: shows that a measurement runs. */
  TINY(1_000, 16, 32, 1, 2, 64),
  /** What the profile {@code full} trains. */
  DEFAULT(8_000, 128, 128, 2, 4, 256),
  /** The sizes of flan-t5-base. */
  BASE(32_128, 128, 768, 12, 12, 2_048);

  static final int TOKENS = 64;

  private final GeneratorShape shape;

  BenchmarkShape(int vocabulary, int vector, int model, int layers, int heads, int inner) {
    this.shape =
        new GeneratorShape(
            CodebookShape.DEFAULT, vocabulary, vector, model, layers, heads, inner, TOKENS);
  }

  GeneratorShape shape() {
    return shape;
  }
}
