package io.sidestream.experiments.evaluation;

import io.sidestream.learning.evaluation.Ranking;
import java.util.OptionalInt;

/** What is counted as found. */
public enum Unit {
  /** The wanted item. */
  ITEM,
  /** Its Semantic ID, whichever of the items behind it comes first. */
  ID;

  /** The rank of this unit; empty for the ID of a system without IDs. */
  OptionalInt rank(Ranking ranking) {
    return this == ITEM ? OptionalInt.of(ranking.item()) : ranking.id();
  }
}
