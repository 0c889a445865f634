package io.sidestream.experiments.embedding;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.learning.examples.ExampleSettings;
import io.sidestream.learning.settings.CollaborativeSettings;

/**
 * Settings of the training of spaces.
 *
 * @param maxPieces word pieces after which a text is cut
 * @param examples sampling of training examples
 * @param encoder heads, their schedule and the dimensions of the space
 * @param collaborative vectors that the item tower reads beside an item's text
 * @param factorDimensions of the collaborative embedding alone
 * @param factorEpochs of its training
 */
public record EmbeddingSpaceSettings(
    int maxPieces,
    ExampleSettings examples,
    BiEncoderSettings encoder,
    CollaborativeSettings collaborative,
    int factorDimensions,
    int factorEpochs) {
  public EmbeddingSpaceSettings {
    check(
        factorDimensions > 1 && factorEpochs > 0,
        "embedding of %d factors in %d epochs, expected 2 and 1 or more",
        factorDimensions,
        factorEpochs);
  }
}
