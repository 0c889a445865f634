package io.sidestream.experiments.spaces;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.trainer.encoder.BiEncoderSettings;
import io.sidestream.trainer.examples.ExampleSettings;

/**
 * How spaces are learned.
 *
 * @param maxPieces word pieces after which a text is cut
 * @param examples what is learned from beside the events
 * @param encoder heads, their schedule and the dimensions of the space
 * @param collaborativeDimensions of the item tower's collaborative half
 * @param factorDimensions of the collaborative embedding alone
 * @param factorEpochs of its training
 */
public record SpaceSettings(
    int maxPieces,
    ExampleSettings examples,
    BiEncoderSettings encoder,
    int collaborativeDimensions,
    int factorDimensions,
    int factorEpochs) {
  public SpaceSettings {
    check(
        collaborativeDimensions > 1 && factorDimensions > 1 && factorEpochs > 0,
        "spaces of %d collaborative and %d factor dimensions, %d epochs, expected 2, 2 and 1 or"
            + " more",
        collaborativeDimensions,
        factorDimensions,
        factorEpochs);
  }
}
