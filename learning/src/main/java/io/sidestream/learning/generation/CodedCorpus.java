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
import io.sidestream.model.bundle.CodeAlignment;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Optional;

/**
 * The items of a corpus with their codes.
 *
 * @param codebook that encodes new items
 * @param relativeQuantizationError of all levels together
 * @param alignment with the codes of a parent; empty where there is none
 */
public record CodedCorpus(
    ResidualCodebook codebook,
    Assignments assignments,
    CodeUsage usage,
    double relativeQuantizationError,
    Optional<CodeAlignment> alignment) {
  /** A code has at most twice the items of uniform usage. */
  private static final double MAX_LOAD = 2;

  /**
   * Codes by bounded residual k-means.
   *
   * @param parent where clusters begin, and whose codes give theirs the numbers
   */
  static CodedCorpus code(
      TrainedTowers space,
      Corpus training,
      TrainingSettings settings,
      Optional<ParentCodes> parent,
      TrainingProgress progress) {
    List<ItemId> items = new ItemRows(training.items()).ids();
    FittedCodebook fitted =
        ResidualKMeans.fit(
            space.vectors(),
            ParentCodes.former(parent, settings.codebook(), items),
            settings.codebook(),
            settings.codebookIterations(),
            MAX_LOAD,
            settings.seed() + 3,
            settings.codebookDevice(),
            progress);
    if (parent.isEmpty()) {
      return of(fitted.codebook(), fitted.codes(), space, training);
    }
    ParentCodes.Aligned aligned = parent.get().align(fitted, items, progress);
    return of(
        aligned.codebook().codebook(),
        aligned.codebook().codes(),
        space,
        training,
        Optional.of(aligned.alignment()));
  }

  /**
   * Codes of another quantizer.
   *
   * @param codebook that approximates the codes by centroids
   * @param codes of the items, shape [row][level]
   */
  public static CodedCorpus of(
      ResidualCodebook codebook, int[][] codes, TrainedTowers space, Corpus training) {
    return of(codebook, codes, space, training, Optional.empty());
  }

  private static CodedCorpus of(
      ResidualCodebook codebook,
      int[][] codes,
      TrainedTowers space,
      Corpus training,
      Optional<CodeAlignment> alignment) {
    ItemRows rows = new ItemRows(training.items());
    Assignments assignments =
        new Assignments(
            rows.ids(),
            codes,
            space.vectors(),
            space.collaborative(),
            rows.interactions(training),
            rows.searches(training.searches()));
    double[] errors = QuantizationError.relativeByLevel(codebook, space.vectors(), codes);
    return new CodedCorpus(
        codebook,
        assignments,
        CodeUsage.of(codebook.shape(), codes),
        errors[errors.length - 1],
        alignment);
  }
}
