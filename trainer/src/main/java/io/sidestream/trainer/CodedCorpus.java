package io.sidestream.trainer;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.trainer.codebook.CodebookReport;
import io.sidestream.trainer.codebook.ResidualKMeans;
import io.sidestream.trainer.corpus.Corpus;
import io.sidestream.trainer.corpus.ItemRows;
import java.io.IOException;
import java.util.Arrays;

/** The items of a corpus with their codes. */
record CodedCorpus(ResidualCodebook codebook, Assignments assignments, CodebookReport report) {
  static CodedCorpus code(
      LearnedSpace space,
      Corpus training,
      TrainingSettings settings,
      BundleWriter bundle,
      TrainingProgress progress)
      throws IOException {
    ResidualCodebook codebook =
        ResidualKMeans.fit(
            space.vectors(),
            settings.codebook(),
            settings.codebookIterations(),
            settings.seed() + 3,
            progress);
    bundle.codebook(codebook);
    int[][] codes =
        Arrays.stream(space.vectors()).parallel().map(codebook::encode).toArray(int[][]::new);
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
