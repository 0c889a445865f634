package io.sidestream.learning.quantizer;

import static io.sidestream.schemas.Checks.checkAboveZero;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;

/**
 * RQ-VAE: an autoencoder whose latent vector is coded by residual codebooks, all learned together.
 *
 * @param latents E, dimensions between encoder and decoder, 1 to {@value #MAX_LATENTS}
 * @param commitment above 0
 * @param restarts whether a code that an epoch did not use starts again from a vector
 */
record ResidualQuantizedVae(
    CodebookShape shape,
    int latents,
    double commitment,
    boolean restarts,
    AutoencoderSettings autoencoder)
    implements Quantizer {
  /*
   * As published [1]: 32 latent dimensions, commitment 0.25, codebooks that begin at the centroids
   * of residual k-means on the first batch, and dead codes that stay dead: their share is in the
   * report's usage. With restarts a dead code begins again at what is left of a vector, which the
   * paper does not do. Adam instead of Adagrad at 0.4, for fewer epochs. [1] Rajput et al. 2023,
   * arXiv 2305.05065, section 3.1 and 4.1
   */
  /** Most latent dimensions. */
  public static final int MAX_LATENTS = 1_024;

  private static final int LATENTS = 32;
  private static final double COMMITMENT = 0.25;

  public ResidualQuantizedVae {
    checkRange(latents, 1, MAX_LATENTS, "%d latent dimensions");
    checkAboveZero(commitment, "commitment is %s");
  }

  /** 32 latent dimensions, commitment 0.25, no restarts. */
  public static ResidualQuantizedVae of(CodebookShape shape) {
    return new ResidualQuantizedVae(shape, LATENTS, COMMITMENT, false, AutoencoderSettings.DEFAULT);
  }

  /** The same with dead codes that begin again. */
  public ResidualQuantizedVae withRestarts() {
    return new ResidualQuantizedVae(shape, latents, commitment, true, autoencoder);
  }

  @Override
  public String name() {
    return restarts ? "RQ-VAE, restarts" : "RQ-VAE";
  }

  @Override
  public Quantized fit(float[][] vectors, long seed, TrainingProgress progress) {
    return new VectorQuantizationBottleneck(name(), shape, latents, commitment, restarts)
        .fit(autoencoder, vectors, seed, progress);
  }
}
