package io.sidestream.experiments.run;

import java.util.List;

/**
 * The result of one trial.
 *
 * @param losses of the generator's training, one for each of equal parts of it; cross-entropy in
 *     nats, summed over levels, and the end where an answer has one
 * @param newTokens added to a language model's vocabulary for the IDs
 * @param relativeQuantizationError of the IDs, relative to the vectors' sum of squares
 * @param search the IDs that answer searches
 * @param recommendation the IDs that answer histories; equal where both tasks share theirs
 */
public record TrialResult(
    Ranks test,
    List<Double> losses,
    int newTokens,
    double relativeQuantizationError,
    IdReport search,
    IdReport recommendation) {
  public TrialResult {
    losses = List.copyOf(losses);
  }
}
