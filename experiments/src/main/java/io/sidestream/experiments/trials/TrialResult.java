package io.sidestream.experiments.trials;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of one generator on one set of IDs.
 *
 * @param test ranks by the name of the group
 * @param losses of the generator's training, one for each of equal parts of it; cross-entropy in
 *     nats, summed over levels, and the end where an answer has one
 * @param newTokens that a language model has to learn for the IDs
 * @param residualEnergy share of the vectors' sum of squares that the IDs leave over
 * @param search the IDs that answer searches
 * @param recommendation the IDs that answer histories; equal where both tasks share theirs
 */
public record TrialResult(
    Map<String, Ranks> test,
    List<Double> losses,
    int newTokens,
    double residualEnergy,
    IdReport search,
    IdReport recommendation) {
  public TrialResult {
    test = new TreeMap<>(test);
    losses = List.copyOf(losses);
  }
}
