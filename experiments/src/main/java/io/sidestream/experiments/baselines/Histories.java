package io.sidestream.experiments.baselines;

import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;

/** The history of a case, for recommenders without a text model. */
final class Histories {
  private Histories() {}

  /** The history of a case; an {@link IllegalArgumentException} for one that is a query. */
  static EvaluationQuery.History of(String system, EvaluationCase one) {
    return one.query()
        .fold(
            query -> {
              throw new IllegalArgumentException(system + " got a query, expected a history");
            },
            history -> history);
  }
}
