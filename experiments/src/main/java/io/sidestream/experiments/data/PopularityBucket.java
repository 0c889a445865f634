package io.sidestream.experiments.data;

/** How popular an item is among all, by its interactions in training. */
public enum PopularityBucket {
  /** Among the first 1 % of the catalogue, the paper's rule. */
  HEAD,
  /** Among the first 10 %, and not the head. */
  TORSO,
  /** All others. */
  TAIL
}
