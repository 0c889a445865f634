package io.sidestream.experiments.evaluation;

import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.PopularityBucket;
import io.sidestream.learning.evaluation.TrainingExposure;
import java.util.Locale;
import java.util.function.Predicate;

/** A part of a group's cases that is reported apart. */
public enum Slice {
  ALL(exposure -> true),
  HEAD(exposure -> exposure.bucket() == PopularityBucket.HEAD),
  /** All but the head. */
  BELOW_HEAD(exposure -> exposure.bucket() != PopularityBucket.HEAD),
  TORSO(exposure -> exposure.bucket() == PopularityBucket.TORSO),
  TAIL(exposure -> exposure.bucket() == PopularityBucket.TAIL),
  /** Searches whose pair of query and item training does not contain. */
  NEW_PAIRS(TrainingExposure::newPair),
  /** Items without a search in training. */
  NEVER_SEARCHED(TrainingExposure::neverSearched),
  /** Items with a search in training. */
  SEARCHED(exposure -> !exposure.neverSearched()),
  /** Items without an event in training. */
  COLD(TrainingExposure::cold),
  /** Items with an event in training. */
  WARM(exposure -> !exposure.cold());

  private final Predicate<TrainingExposure> holds;

  Slice(Predicate<TrainingExposure> holds) {
    this.holds = holds;
  }

  /** As written in tables, for example {@code new pairs}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether a case belongs to this part. */
  public boolean holds(EvaluationCase one) {
    return holds.test(one.exposure());
  }
}
