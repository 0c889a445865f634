package io.sidestream.learning.quantizer;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.model.codes.CodebookShape;
import java.util.SplittableRandom;

/**
 * The narrow middle of an autoencoder, where a latent vector becomes codes.
 *
 * <p>Legend: B vectors, E latent dimensions.
 */
interface Bottleneck {
  String name();

  CodebookShape shape();

  /** E. */
  int dimensions();

  /**
   * Adds weights of its own.
   *
   * @param latents of the first batch by the encoder as it starts, shape [B][E]
   */
  void begin(Parameters parameters, float[][] latents, SplittableRandom random);

  /** The codes of latents, shape (B, E); takes part in no gradient. */
  CodeAssignment choose(TrainingStep step, NDArray latents);

  /** What is to be small beside the reconstruction's error, shape (). */
  NDArray loss(TrainingStep step, NDArray latents, CodeAssignment choice);

  /**
   * May mend its weights between epochs.
   *
   * @param uses how often each code was chosen in the epoch, shape [level][code]
   * @param last the choice of the epoch's last batch
   */
  void afterEpoch(
      Parameters parameters, long[][] uses, CodeAssignment last, SplittableRandom random);

  /** Trains an autoencoder around it and gives the codes of the vectors. */
  default Quantized fit(
      AutoencoderSettings settings, float[][] vectors, long seed, TrainingProgress progress) {
    return new QuantizedAutoencoder(this, settings).fit(vectors, seed, progress);
  }
}
