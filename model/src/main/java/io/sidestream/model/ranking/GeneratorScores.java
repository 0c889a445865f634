package io.sidestream.model.ranking;

import io.sidestream.model.generator.SequenceAnswer;
import io.sidestream.model.generator.SequenceTables;
import io.sidestream.model.vectors.Vectors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

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
    Map<Integer, Double> logSums = new HashMap<>(); // by leaf
    double[] scores = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int leaf = catalogue.leaf(rows[i]);
      double logSum = logSums.computeIfAbsent(leaf, one -> logSum(one, answer, tables, catalogue));
      double logId = answer.logId()[leaf];
      scores[i] =
          (logId > Double.NEGATIVE_INFINITY ? logId : floor)
              + logit(rows[i], answer, tables, catalogue)
              - logSum;
    }
    return temperature -> scores.clone();
  }

  /** log Σ exp of the logits of all items with an ID; their order makes no difference. */
  private static double logSum(
      int leaf, SequenceAnswer answer, SequenceTables tables, Catalogue catalogue) {
    double[] logits =
        Arrays.stream(catalogue.rows(leaf))
            .mapToDouble(row -> logit(row, answer, tables, catalogue))
            .sorted()
            .toArray();
    double largest = logits[logits.length - 1];
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return largest + Math.log(sum);
  }

  private static double logit(
      int row, SequenceAnswer answer, SequenceTables tables, Catalogue catalogue) {
    int learnedRow = catalogue.learnedRow(row);
    return learnedRow == CatalogueRow.NEW
        ? Vectors.dot(tables.outputOf(catalogue.vector(row)), answer.itemQuery())
        : Vectors.dot(tables.outputs()[learnedRow], answer.itemQuery())
            + tables.biases()[learnedRow];
  }
}
