package io.sidestream.experiments.run;

import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.Beam;
import java.io.IOException;
import java.util.List;

/** A trained generator of a trial. */
interface TrialGenerator extends AutoCloseable {
  /** The decoding by which trials are compared. */
  IdDecoding defaultDecoding();

  /** Whether several threads may decode at once. */
  boolean isConcurrent(IdDecoding decoding);

  /** The IDs that answer a query: beams on the trie, none twice, best first. */
  List<Beam> decode(IdDecoding decoding, EvaluationQuery query, CodeTrie trie);

  /**
   * One loss for each of equal parts of the training: cross-entropy in nats, summed over tokens.
   */
  List<Double> losses();

  @Override
  void close() throws IOException;
}
