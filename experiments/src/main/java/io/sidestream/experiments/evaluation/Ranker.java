package io.sidestream.experiments.evaluation;

import io.sidestream.experiments.data.Case;

/** A system that answers cases. Threads: any number at once. */
public interface Ranker {
  /** Where the wanted item of a case comes in the answer. */
  Ranking rank(Case one);
}
