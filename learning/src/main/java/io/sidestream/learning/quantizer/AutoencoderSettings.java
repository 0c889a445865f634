package io.sidestream.learning.quantizer;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkAboveZero;
import static io.sidestream.schemas.Checks.checkRange;

import java.util.List;

/**
 * How an autoencoder around a quantizer learns.
 *
 * @param hidden widths of the encoder's layers, outside in; the decoder has them inside out
 * @param epochs 1 to {@value #MAX_EPOCHS}
 * @param batch vectors per step
 * @param learningRate peak, above 0; falls along half a cosine
 */
record AutoencoderSettings(List<Integer> hidden, int epochs, int batch, double learningRate) {
  /** Largest number of passes over the vectors. */
  public static final int MAX_EPOCHS = 100_000;

  /** Most layers between vector and latent. */
  public static final int MAX_HIDDEN = 8;

  /** Widest layer. */
  public static final int MAX_WIDTH = 8_192;

  /**
   * Layers of 256 and 128, 60 epochs of 512 vectors, rate 0.002. The published RQ-VAE has layers of
   * 512, 256 and 128 for 768 dimensions and 20,000 epochs, which no catalogue here needs.
   */
  public static final AutoencoderSettings DEFAULT =
      new AutoencoderSettings(List.of(256, 128), 60, 512, 0.002);

  public AutoencoderSettings {
    hidden = List.copyOf(hidden);
    checkRange(hidden.size(), 0, MAX_HIDDEN, "%d hidden layers");
    for (int width : hidden) {
      checkRange(width, 1, MAX_WIDTH, "hidden layer of %d");
    }
    checkRange(epochs, 1, MAX_EPOCHS, "autoencoder of %d epochs");
    check(batch >= 1, "batch of %d vectors, expected 1 or more", batch);
    checkAboveZero(learningRate, "learning rate is %s");
  }
}
