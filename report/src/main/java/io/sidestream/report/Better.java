package io.sidestream.report;

/** Which end of a scale is the good one. */
enum Better {
  HIGHER,
  LOWER,
  NEITHER;

  /** Whether one number is strictly better than another. */
  boolean prefers(double one, double other) {
    return this == HIGHER ? one > other : this == LOWER && one < other;
  }
}
