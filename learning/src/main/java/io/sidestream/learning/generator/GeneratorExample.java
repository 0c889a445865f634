package io.sidestream.learning.generator;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.generator.GeneratorPrompt;

/**
 * A prompt and the ID that answers it.
 *
 * @param codes coarse to fine
 * @param weight how much it counts, above 0
 */
public record GeneratorExample(GeneratorPrompt prompt, int[] codes, float weight) {
  public GeneratorExample {
    check(weight > 0 && Float.isFinite(weight), "example weighs %f, expected above 0", weight);
    codes = codes.clone();
  }

  @Override
  public int[] codes() {
    return codes.clone();
  }
}
