package io.sidestream.experiments.evaluation;

import io.sidestream.learning.evaluation.Ranking;
import java.util.OptionalInt;

/** What a hit is. */
public enum Unit {
  /** The relevant item. */
  ITEM,
  /** Its Semantic ID, shared by items or not. */
  ID;

  /** The rank of this unit; empty for the ID of a system without IDs. */
  OptionalInt rank(Ranking ranking) {
    return this == ITEM ? OptionalInt.of(ranking.item()) : ranking.id();
  }
}
