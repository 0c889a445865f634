package io.sidestream.experiments.evaluation;

import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.data.PopularityBucket;
import io.sidestream.experiments.data.TrainingExposure;
import java.util.Locale;
import java.util.function.Predicate;

/** A part of a group's cases that is looked at apart. */
public enum Slice {
  ALL(standing -> true),
  HEAD(standing -> standing.band() == PopularityBucket.HEAD),
  /** All that is not head. */
  BELOW_HEAD(standing -> standing.band() != PopularityBucket.HEAD),
  TORSO(standing -> standing.band() == PopularityBucket.TORSO),
  TAIL(standing -> standing.band() == PopularityBucket.TAIL),
  /** Searches whose query and item training does not hold together. */
  NEW_PAIRS(TrainingExposure::newPair),
  /** Items that no search of training wanted. */
  NEVER_ASKED_FOR(TrainingExposure::neverAskedFor),
  /** Items that some search of training wanted. */
  ASKED_FOR(standing -> !standing.neverAskedFor()),
  /** Items of which training knows no event. */
  COLD(TrainingExposure::cold),
  /** Items of which training knows an event. */
  WARM(standing -> !standing.cold());

  private final Predicate<TrainingExposure> holds;

  Slice(Predicate<TrainingExposure> holds) {
    this.holds = holds;
  }

  /** As written in tables, for example {@code new pairs}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether a case belongs to this part. */
  public boolean holds(Case one) {
    return holds.test(one.standing());
  }
}
