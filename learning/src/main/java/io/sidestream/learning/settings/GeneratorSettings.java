package io.sidestream.learning.settings;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.generator.GeneratorTraining;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorShape;

/**
 * How large a generator is and how it is trained.
 *
 * @param dimensions width of its layers
 * @param layers encoder layers, and as many decoder layers
 * @param heads attention heads; divides {@code dimensions}
 * @param feedForward width of the gated feed-forward layers
 * @param maxTokens longest prompt in tokens
 * @param tasks how much examples of each task count
 */
public record GeneratorSettings(
    int dimensions,
    int layers,
    int heads,
    int feedForward,
    int maxTokens,
    TaskWeights tasks,
    GeneratorTraining.Settings training) {
  public GeneratorSettings {
    check(heads > 0 && layers > 0, "generator of %d layers, %d heads", layers, heads);
    check(
        dimensions % heads == 0,
        "generator's %d dimensions do not divide among %d heads",
        dimensions,
        heads);
  }

  /** The shape for a codebook, a vocabulary and a space. */
  public GeneratorShape shape(CodebookShape codebook, int vocabulary, int vectorDimensions) {
    return new GeneratorShape(
        codebook, vocabulary, vectorDimensions, dimensions, layers, heads, feedForward, maxTokens);
  }
}
