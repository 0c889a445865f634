package io.sidestream.trainer;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.trainer.codebook.CodebookReport;
import io.sidestream.trainer.codebook.FittedCodebook;
import io.sidestream.trainer.codebook.ResidualKMeans;
import io.sidestream.trainer.corpus.Corpus;
import io.sidestream.trainer.corpus.ItemRows;
import java.io.IOException;

/** The items of a corpus with their codes. */
record CodedCorpus(ResidualCodebook codebook, Assignments assignments, CodebookReport report) {
  /** A code names at most twice as many items as if all were used alike. */
  private static final double MAX_LOAD = 2;

  static CodedCorpus code(
      LearnedSpace space,
      Corpus training,
      TrainingSettings settings,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    FittedCodebook fitted =
        ResidualKMeans.fit(
            space.vectors(),
            settings.codebook(),
            settings.codebookIterations(),
            MAX_LOAD,
            settings.seed() + 3,
            progress);
    ResidualCodebook codebook = fitted.codebook();
    bundle.codebook(codebook);
    int[][] codes = fitted.codes();
    ItemRows rows = new ItemRows(training.items());
    Assignments assignments =
        new Assignments(
            rows.ids(),
            codes,
            space.vectors(),
            space.collaborative(),
            rows.interactions(training.interactions()),
            rows.searches(training.searches()));
    return new CodedCorpus(
        codebook, assignments, CodebookReport.of(codebook, space.vectors(), codes));
  }
}
