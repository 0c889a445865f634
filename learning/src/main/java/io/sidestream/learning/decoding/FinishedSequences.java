package io.sidestream.learning.decoding;

import io.sidestream.learning.decoding.GroupBeamSearch.GeneratedSequence;
import io.sidestream.learning.decoding.GroupBeamSearch.Stopping;
import java.util.ArrayList;
import java.util.List;

/** The best finished sequences of one group, as many as it has beams. */
final class FinishedSequences {
  /*
   * transformers' BeamHypotheses, ties included: a full list takes in what is better than its
   * worst, not what is as good; of the equally bad ones it drops the one that came first.
   */
  private final GroupBeamSearch search;
  private final List<GeneratedSequence> kept = new ArrayList<>(); // in the order they came
  private double worst = 1e9;

  FinishedSequences(GroupBeamSearch search) {
    this.search = search;
  }

  List<GeneratedSequence> kept() {
    return kept;
  }

  /**
   * @param sum log-probabilities less penalties
   */
  void add(int[] tokens, float sum, double logProbability) {
    double score = sum / Math.pow(tokens.length, search.lengthPenalty());
    if (kept.size() < search.groupSize()) {
      kept.add(new GeneratedSequence(tokens, score, logProbability));
      worst = Math.min(score, worst);
    } else if (score > worst) {
      kept.add(new GeneratedSequence(tokens, score, logProbability));
      kept.remove(lowest());
      worst = kept.get(lowest()).score();
    }
  }

  private int lowest() {
    int lowest = 0;
    for (int i = 1; i < kept.size(); i++) {
      lowest = kept.get(i).score() < kept.get(lowest).score() ? i : lowest;
    }
    return lowest;
  }

  /**
   * Whether nothing better is expected.
   *
   * @param best sum of the best sequence that ends at this length, or goes on
   */
  boolean enough(float best, int length) {
    if (kept.size() < search.groupSize()) {
      return false;
    }
    boolean longest = search.stopping() == Stopping.WHEN_NEVER_BETTER && search.lengthPenalty() > 0;
    double reached = best / Math.pow(longest ? search.maxTokens() : length, search.lengthPenalty());
    return search.stopping() == Stopping.AT_ONCE || worst >= reached;
  }
}
