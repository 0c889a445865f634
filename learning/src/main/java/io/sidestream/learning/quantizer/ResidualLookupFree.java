package io.sidestream.learning.quantizer;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;

/**
 * Residual lookup-free quantization: an autoencoder whose latent vector is coded by signs, level by
 * level.
 *
 * @param shape whose width is a power of two, at most {@value #MAX_WIDTH}
 * @param commitment pull of latents to the signs, 0 or more
 * @param entropyWeight of the entropy penalty, 0 or more
 * @param diversity how much use of all codes counts beside certainty, 0 or more
 */
record ResidualLookupFree(
    CodebookShape shape,
    double commitment,
    double entropyWeight,
    double diversity,
    AutoencoderSettings autoencoder)
    implements Quantizer {
  /*
   * The quantizer of a row in arXiv 2508.10478; the weights are not published there, these are of
   * the usual size for [1]. The latent has one dimension per bit, 8 for 256 codes, which both
   * levels share. [1] Yu et al. 2023, arXiv 2310.05737
   */
  /** Most codes per level: the entropy is over all codes of each vector. */
  public static final int MAX_WIDTH = 4_096;

  private static final double COMMITMENT = 0.25;
  private static final double ENTROPY = 0.1;
  private static final double DIVERSITY = 1;

  public ResidualLookupFree {
    check(
        Integer.bitCount(shape.width()) == 1 && shape.width() <= MAX_WIDTH,
        "lookup-free codebook is %d wide, expected a power of two up to %d",
        shape.width(),
        MAX_WIDTH);
    check(
        commitment >= 0 && entropyWeight >= 0 && diversity >= 0,
        "commitment %s, entropy weight %s, diversity %s, expected 0 or more",
        commitment,
        entropyWeight,
        diversity);
  }

  /** Commitment 0.25, entropy weight 0.1, diversity 1. */
  public static ResidualLookupFree of(CodebookShape shape) {
    return new ResidualLookupFree(
        shape, COMMITMENT, ENTROPY, DIVERSITY, AutoencoderSettings.DEFAULT);
  }

  @Override
  public String name() {
    return "residual LFQ";
  }

  @Override
  public Quantized fit(float[][] vectors, long seed, TrainingProgress progress) {
    return new SignBits(name(), shape, commitment, entropyWeight, diversity)
        .fit(autoencoder, vectors, seed, progress);
  }
}
