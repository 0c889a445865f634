package io.sidestream.learning.decoding;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Diverse beam search: groups of beams, each penalized for the tokens that the groups before it
 * chose in the same step. One group is plain beam search. Immutable.
 *
 * @param beams in all, a multiple of the groups
 * @param diversityPenalty taken off a token's log-probability for each beam of an earlier group
 *     that wrote it in this step, at least 0
 * @param lengthPenalty exponent of the length that a sequence's sum is divided by; 0 for none
 * @param maxTokens longest sequence, the end token counted
 * @param endToken ends a sequence
 * @param padToken what groups write that are done
 */
public record GroupBeamSearch(
    int beams,
    int groups,
    double diversityPenalty,
    double lengthPenalty,
    Stopping stopping,
    int maxTokens,
    int endToken,
    int padToken) {
  /*
   * Vijayakumar et al. 2018, arXiv 1610.02424, as transformers 4.49 does it
   * (HammingDiversityLogitsProcessor, BeamSearchScorer); later major versions moved group beam
   * search out of the library. What follows from that:
   *
   * - Penalties stay in a beam's sum for good, so a sequence's score is not its probability. It is
   *   kept beside it.
   * - Sums are floats: a beam that is unused starts at -1e9, where floats lie 64 apart, and all
   *   that follows it is a tie.
   * - Allowed tokens are masked after the softmax over the whole vocabulary; what is left is not
   *   renormalized.
   * - A group looks at the best 2 * size tokens. One that ends counts only among the first `size`
   *   of them.
   * - Equal scores within a group come in the order of torch.topk (TopScores); equal sequences of
   *   different groups with the last first, for transformers takes them from the end of a stable
   *   ascending sort.
   */

  /** Most beams: what a request may cost. */
  public static final int MAX_BEAMS = 1_000;

  /** The logits of the token after each of some prefixes. */
  @FunctionalInterface
  public interface NextLogits {
    /**
     * @param prefixes tokens after the start, all equally many; empty ones first
     * @return shape [prefix][token]; every row as long as the vocabulary
     */
    float[][] after(List<int[]> prefixes);
  }

  /** Which tokens may follow a prefix. */
  @FunctionalInterface
  public interface AllowedTokens {
    /** All of them. */
    AllowedTokens ANY = (prefix, vocabulary) -> IntStream.range(0, vocabulary).toArray();

    /**
     * @param prefix tokens after the start; may be one that nothing allowed led to
     * @param vocabulary tokens there are
     * @return at least one token, none twice
     */
    int[] after(int[] prefix, int vocabulary);
  }

  /** When a group that has as many finished sequences as beams stops looking for better ones. */
  public enum Stopping {
    /** At once; {@code early_stopping=True}. */
    AT_ONCE,
    /**
     * When the best unfinished one, were it to end now, is no better than the worst finished one;
     * {@code early_stopping=False}, the default.
     */
    WHEN_NOT_BETTER_NOW,
    /** When no length could make it better; {@code early_stopping="never"}. */
    WHEN_NEVER_BETTER
  }

  /**
   * Tokens that a search wrote.
   *
   * @param tokens after the start, the end token included where it was generated
   * @param score what the search ranks by: log-probability less penalties, over a power of the
   *     length
   * @param logProbability natural, of all its tokens, over the whole vocabulary; no penalty in it
   */
  public record GeneratedSequence(int[] tokens, double score, double logProbability) {
    public GeneratedSequence {
      tokens = tokens.clone();
    }

    @Override
    public int[] tokens() {
      return tokens.clone();
    }
  }

  public GroupBeamSearch {
    checkRange(beams, 1, MAX_BEAMS, "%d beams");
    check(
        groups > 0 && beams % groups == 0, "%d beams do not divide into %d groups", beams, groups);
    check(
        diversityPenalty >= 0 && Double.isFinite(diversityPenalty),
        "diversity penalty %f, expected at least 0",
        diversityPenalty);
    check(Double.isFinite(lengthPenalty), "length penalty %f, expected a number", lengthPenalty);
    check(maxTokens > 0, "sequences of %d tokens, expected at least 1", maxTokens);
  }

  /** Beams of one group. */
  int groupSize() {
    return beams / groups;
  }

  /** As a tensor of floats would have it. */
  float penalty() {
    return (float) diversityPenalty;
  }

  /** As many sequences as beams, best first; the same one may come from several groups. */
  public List<GeneratedSequence> search(NextLogits model, AllowedTokens allowed) {
    List<BeamGroup> all = IntStream.range(0, groups).mapToObj(g -> new BeamGroup(this)).toList();
    for (int step = 0; step < maxTokens && !all.stream().allMatch(BeamGroup::done); step++) {
      step(all, model, allowed);
    }
    all.forEach(BeamGroup::finish);
    List<GeneratedSequence> found = new ArrayList<>();
    all.forEach(group -> found.addAll(group.finished().kept()));
    found.sort(Comparator.comparingDouble(GeneratedSequence::score));
    Collections.reverse(found);
    return found;
  }

  private void step(List<BeamGroup> all, NextLogits model, AllowedTokens allowed) {
    List<int[]> prefixes = new ArrayList<>();
    all.stream()
        .filter(group -> !group.done())
        .forEach(g -> prefixes.addAll(List.of(g.prefixes())));
    float[][] log = model.after(prefixes);
    Arrays.stream(log).forEach(GroupBeamSearch::logSoftmax);
    int[] used = new int[log[0].length];
    int row = 0;
    for (BeamGroup group : all) {
      if (group.done()) {
        group.pad();
      } else {
        group.advance(Arrays.copyOfRange(log, row, row + groupSize()), used, allowed);
        row += groupSize();
      }
      for (int token : group.newest()) {
        used[token]++;
      }
    }
  }

  private static void logSoftmax(float[] logits) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    float log = (float) Math.log(sum);
    for (int i = 0; i < logits.length; i++) {
      logits[i] = logits[i] - largest - log;
    }
  }
}
