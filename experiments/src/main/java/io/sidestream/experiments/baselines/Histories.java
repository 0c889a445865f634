package io.sidestream.experiments.baselines;

import io.sidestream.experiments.data.Asked;
import io.sidestream.experiments.data.Case;

/** The history of a case, for systems that know nothing of words. */
final class Histories {
  private Histories() {}

  /** The history of a case; an {@link IllegalArgumentException} for one that is a query. */
  static Asked.History of(String system, Case one) {
    return one.asked()
        .fold(
            query -> {
              throw new IllegalArgumentException(
                  system + " is asked with a query, expected a history");
            },
            history -> history);
  }
}
