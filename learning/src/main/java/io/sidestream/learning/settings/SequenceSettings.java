package io.sidestream.learning.settings;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.sequence.SequenceTraining;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorShape;

/**
 * How large a sequence generator is and how it is trained.
 *
 * @param dimensions width of its layers
 * @param heads attention heads; divides {@code dimensions}
 * @param feedForward width of the gated feed-forward layers
 * @param maxPositions longest history in items, and longest search in word pieces and one
 */
public record SequenceSettings(
    int dimensions,
    int layers,
    int heads,
    int feedForward,
    int maxPositions,
    SequenceTraining.Settings training) {
  public SequenceSettings {
    check(
        heads > 0 && dimensions % heads == 0,
        "sequence generator's %d dimensions do not divide among %d heads",
        dimensions,
        heads);
  }

  /** The shape for a codebook, a vocabulary and a space. */
  public GeneratorShape shape(CodebookShape codebook, int vocabulary, int vectorDimensions) {
    return new GeneratorShape(
        codebook,
        vocabulary,
        vectorDimensions,
        dimensions,
        layers,
        heads,
        feedForward,
        maxPositions);
  }
}
