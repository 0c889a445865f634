package io.sidestream.model.ranking;

import io.sidestream.model.generator.SequenceAnswer;
import io.sidestream.model.generator.SequenceTables;
import io.sidestream.model.vectors.Vectors;

/**
 * log p(ID) + log p(item | ID) of candidates, by a generator of either kind. Shape of what {@link
 * #at} gives: [i]. Immutable.
 */
@FunctionalInterface
interface GeneratorScores {
  /**
   * The scores; those of the encoder-decoder depend on a temperature.
   *
   * @param temperature divides the cosine in the softmax that splits an ID's probability
   */
  double[] at(double temperature);

  /** By a share that was learned: the temperature makes no difference. */
  static GeneratorScores learned(
      int[] rows, SequenceAnswer answer, SequenceTables tables, Catalogue catalogue) {
    double floor = answer.least() + Retriever.LOG_HALF;
    double[] scores = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int leaf = catalogue.leaf(rows[i]);
      double logId = answer.logId()[leaf];
      scores[i] =
          (logId > Double.NEGATIVE_INFINITY ? logId : floor)
              + logShare(rows[i], catalogue.rows(leaf), answer.itemQuery(), tables, catalogue);
    }
    return temperature -> scores.clone();
  }

  private static double logShare(
      int row, int[] sharing, float[] query, SequenceTables tables, Catalogue catalogue) {
    if (sharing.length == 1) {
      return 0;
    }
    double[] logits = new double[sharing.length];
    double own = 0;
    for (int i = 0; i < sharing.length; i++) {
      logits[i] = logit(sharing[i], query, tables, catalogue);
      own = sharing[i] == row ? logits[i] : own;
    }
    return own - LogSums.of(logits);
  }

  private static double logit(int row, float[] query, SequenceTables tables, Catalogue catalogue) {
    int corpusRow = catalogue.corpusRow(row);
    return corpusRow == CatalogueRow.NEW
        ? Vectors.dot(tables.outputOf(catalogue.vector(row)), query)
        : Vectors.dot(tables.outputs()[corpusRow], query) + tables.biases()[corpusRow];
  }
}
