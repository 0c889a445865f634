package io.sidestream.experiments.baselines;

import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.data.EvaluationQuery;

/** The history of a case, for systems that know nothing of words. */
final class Histories {
  private Histories() {}

  /** The history of a case; an {@link IllegalArgumentException} for one that is a query. */
  static EvaluationQuery.History of(String system, Case one) {
    return one.asked()
        .fold(
            query -> {
              throw new IllegalArgumentException(
                  system + " is asked with a query, expected a history");
            },
            history -> history);
  }
}
