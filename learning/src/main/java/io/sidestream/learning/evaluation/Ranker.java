package io.sidestream.learning.evaluation;

/** A system that answers cases. Threads: any number at once. */
public interface Ranker {
  /** Rank of the relevant item of a case in the answer. */
  Ranking rank(EvaluationCase one);
}
