package io.sidestream.learning.quantizer;

import static io.sidestream.schemas.Checks.check;

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
    check(
        hidden.size() <= MAX_HIDDEN,
        "%d hidden layers, expected at most %d",
        hidden.size(),
        MAX_HIDDEN);
    for (int width : hidden) {
      check(
          width >= 1 && width <= MAX_WIDTH,
          "hidden layer of %d, expected 1 to %d",
          width,
          MAX_WIDTH);
    }
    check(
        epochs >= 1 && epochs <= MAX_EPOCHS,
        "autoencoder of %d epochs, expected 1 to %d",
        epochs,
        MAX_EPOCHS);
    check(batch >= 1, "batch of %d vectors, expected 1 or more", batch);
    check(
        learningRate > 0 && Double.isFinite(learningRate),
        "learning rate is %s, expected a number above 0",
        learningRate);
  }
}
