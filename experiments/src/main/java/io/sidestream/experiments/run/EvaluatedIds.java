package io.sidestream.experiments.run;

import java.util.List;

/**
 * One set of IDs with its generator, evaluated for each seed.
 *
 * @param results for each seed
 */
public record EvaluatedIds(EvaluatedSystem system, List<TrialResult> results) {
  public EvaluatedIds {
    results = List.copyOf(results);
  }

  /** The trial of the first seed. */
  public TrialResult first() {
    return results.get(0);
  }

  public String name() {
    return system.name();
  }
}
