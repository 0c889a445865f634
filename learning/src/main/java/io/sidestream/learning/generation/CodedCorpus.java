package io.sidestream.learning.generation;

import io.sidestream.learning.codebook.CodeUsage;
import io.sidestream.learning.codebook.FittedCodebook;
import io.sidestream.learning.codebook.QuantizationError;
import io.sidestream.learning.codebook.ResidualKMeans;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.codes.ResidualCodebook;

/**
 * The items of a corpus with their codes.
 *
 * @param codebook that encodes new items
 * @param relativeQuantizationError of all levels together
 */
public record CodedCorpus(
    ResidualCodebook codebook,
    Assignments assignments,
    CodeUsage usage,
    double relativeQuantizationError) {
  /** A code has at most twice the items of uniform usage. */
  private static final double MAX_LOAD = 2;

  /** Codes by bounded residual k-means. */
  public static CodedCorpus code(
      TrainedTowers space, Corpus training, TrainingSettings settings, TrainingProgress progress) {
    FittedCodebook fitted =
        ResidualKMeans.fit(
            space.vectors(),
            settings.codebook(),
            settings.codebookIterations(),
            MAX_LOAD,
            settings.seed() + 3,
            settings.codebookDevice(),
            progress);
    return of(fitted.codebook(), fitted.codes(), space, training);
  }

  /**
   * Codes of another quantizer.
   *
   * @param codebook that approximates the codes by centroids
   * @param codes of the items, shape [row][level]
   */
  public static CodedCorpus of(
      ResidualCodebook codebook, int[][] codes, TrainedTowers space, Corpus training) {
    ItemRows rows = new ItemRows(training.items());
    Assignments assignments =
        new Assignments(
            rows.ids(),
            codes,
            space.vectors(),
            space.collaborative(),
            rows.interactions(training.interactions()),
            rows.searches(training.searches()));
    double[] errors = QuantizationError.relativeByLevel(codebook, space.vectors(), codes);
    return new CodedCorpus(
        codebook, assignments, CodeUsage.of(codebook.shape(), codes), errors[errors.length - 1]);
  }
}
