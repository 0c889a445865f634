package io.sidestream.learning.evaluation;

/** Popularity class of an item, by its interactions in training. */
public enum PopularityBucket {
  /** The most popular 1 % of the catalogue, as in the paper. */
  HEAD,
  /** The most popular 10 % without the head. */
  TORSO,
  /** All others. */
  TAIL
}
