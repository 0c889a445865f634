package io.sidestream.benchmarks.serving;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorShape;
import java.util.Arrays;
import java.util.Locale;

/** The generators that are measured. */
enum ServingShape {
  /** For trying the benchmark out. */
  TINY(new GeneratorShape(new CodebookShape(2, 16), 80, 8, 16, 1, 2, 24, 128)),
  /** The one that the trainer makes by default, but for longer prompts. */
  DEFAULT(new GeneratorShape(new CodebookShape(2, 256), 4_096, 128, 128, 2, 4, 256, 128)),
  /** Layers as large as those of flan-t5-base; its word pieces and the ID tokens. */
  FLAN_T5_BASE(
      new GeneratorShape(new CodebookShape(2, 256), 32_128 + 512, 768, 768, 12, 12, 2_048, 128));

  private final GeneratorShape shape;

  ServingShape(GeneratorShape shape) {
    this.shape = shape;
  }

  /** As written on the command line: {@code flan-t5-base}. */
  static ServingShape of(String label) {
    return Arrays.stream(values())
        .filter(shape -> shape.label().equals(label))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no shape is named " + label + "\n" + Options.HELP));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  GeneratorShape shape() {
    return shape;
  }
}
