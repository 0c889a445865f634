package io.sidestream.experiments.data;

import static io.sidestream.schemas.Checks.check;

import java.util.Set;

/**
 * An event kept back: a system is asked, and should put the wanted item first.
 *
 * @param wanted row of the item to be found
 * @param excluded rows that must not be in the answer: items already met
 */
public record Case(
    EvaluationQuery asked, int wanted, Set<Integer> excluded, TrainingExposure standing) {
  public Case {
    excluded = Set.copyOf(excluded);
    check(wanted >= 0, "wanted row is %d, expected 0 or more", wanted);
    check(!excluded.contains(wanted), "wanted row %d is excluded", wanted);
  }
}
