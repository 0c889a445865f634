package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.codebook.FittedCodebook;
import io.sidestream.learning.codebook.ResidualKMeans;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Commitment loss: the mean squared distance of a batch's items from the sums of their centroids.
 *
 * <p>Legend: R items of the step, D dimensions.
 */
final class CommitmentLoss {
  /*
   * Without it, quantization loses more than half of the vectors' squared length. Drawn to the sums
   * of their centroids, which are fitted again from time to time, they group and keep their
   * neighbours (the commitment of van den Oord et al. 2017, arXiv 1711.00937, between encoder and
   * codes; k-means in the encoder's training: Caron et al. 2018, arXiv 1807.05520). Items with a
   * dropped part are left out: they are not where their codes are.
   *
   * Which clusters a catalogue falls into is decided here, before its codebook is fitted. So that
   * they stay those of an earlier codebook, every fit begins at its clusters.
   */
  private static final int ITERATIONS = 5;
  private static final double MAX_LOAD = 2;

  /** Before this share of the steps vectors have not found their places. */
  private static final double FIRST_FIT = 0.25;

  /** Codes are fitted so often over all steps. */
  private static final int FITS = 16;

  private final BiEncoderCorpus corpus;
  private final int[][] former; // codes of an earlier codebook, [row][level]
  private final BiEncoderSettings settings;
  private final Commitment commitment;
  private final long seed;
  private float @Nullable [][] reconstructions; // [row][D], null before the first fit

  CommitmentLoss(
      BiEncoderCorpus corpus, BiEncoderStart start, BiEncoderSettings settings, long seed) {
    this.corpus = corpus;
    this.former = start.codes(corpus.items());
    this.settings = settings;
    this.commitment = settings.objective().commitment();
    this.seed = seed;
  }

  /** Fits codes to the vectors as they are now, when it is time. */
  void refit(Parameters parameters, int step, int steps) {
    int since = step - (int) (FIRST_FIT * steps);
    if (commitment.weight() > 0 && since >= 0 && since % Math.max(1, steps / FITS) == 0) {
      refit(ExportedTowers.of(parameters, corpus, settings).vectors(corpus.textVectors()));
    }
  }

  /**
   * @param vectors of all items, shape [row][D]
   */
  void refit(float[][] vectors) {
    FittedCodebook fitted =
        ResidualKMeans.fit(
            vectors,
            former,
            commitment.shape(),
            ITERATIONS,
            MAX_LOAD,
            seed,
            settings.device(),
            TrainingProgress.NONE);
    reconstructions = fitted.codebook().decode(fitted.codes());
  }

  /** Shape (); nothing before codes are fitted, or where no item of the step is whole. */
  Optional<NDArray> of(TrainingStep step, int[] rows, ItemInputs.Encoded items) {
    int whole = items.wholeCount();
    if (reconstructions == null || whole == 0) {
      return Optional.empty();
    }
    NDArray targets =
        step.floats(Rows.flat(reconstructions, rows), rows.length, settings.dimensions());
    NDArray counted = step.floats(items.whole(), rows.length, 1); // (R, 1)
    NDArray distances = items.vectors().sub(targets).square().mul(counted); // (R, D)
    return Optional.of(SafeMath.multiply(distances.sum(), commitment.weight() / whole));
  }
}
