package io.sidestream.experiments.run;

import io.sidestream.experiments.trials.TrialResult;
import java.util.List;

/**
 * A set of IDs with its generator, measured for each seed.
 *
 * @param results for each seed
 */
public record EvaluatedIds(EvaluatedSystem subject, List<TrialResult> results) {
  public EvaluatedIds {
    results = List.copyOf(results);
  }

  /** The trial of the first seed. */
  public TrialResult first() {
    return results.get(0);
  }

  public String name() {
    return subject.name();
  }
}
