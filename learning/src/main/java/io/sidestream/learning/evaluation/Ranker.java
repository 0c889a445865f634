package io.sidestream.learning.evaluation;

/** A system that ranks items for cases. Thread-safe. */
public interface Ranker {
  /** Rank of the relevant item of a case in the answer. */
  Ranking rank(EvaluationCase one);
}
