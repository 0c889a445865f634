package io.sidestream.learning.decoding;

import io.sidestream.learning.decoding.GroupBeamSearch.AllowedTokens;
import java.util.Arrays;

/** The beams of one group and what they finished. */
final class BeamGroup {
  /** A beam that is none yet: all begin alike, and only the first may be followed. */
  private static final float UNUSED = -1e9f;

  private final GroupBeamSearch search;
  private final FinishedSequences finished;
  private int[][] prefixes; // [beam][token]
  private float[] sums; // [beam], log-probabilities less penalties
  private double[] logProbabilities; // [beam]
  private boolean done;

  BeamGroup(GroupBeamSearch search) {
    this.search = search;
    this.finished = new FinishedSequences(search);
    this.prefixes = new int[search.groupSize()][0];
    this.sums = new float[search.groupSize()];
    this.logProbabilities = new double[search.groupSize()];
    Arrays.fill(sums, 1, sums.length, UNUSED);
  }

  boolean done() {
    return done;
  }

  int[][] prefixes() {
    return prefixes;
  }

  FinishedSequences finished() {
    return finished;
  }

  /** The tokens that the beams wrote last. */
  int[] newest() {
    return Arrays.stream(prefixes).mapToInt(prefix -> prefix[prefix.length - 1]).toArray();
  }

  /** A group that is done writes padding, which later groups are kept from as from any token. */
  void pad() {
    int[] padded = extended(prefixes[0], search.padToken());
    Arrays.setAll(prefixes, beam -> padded);
  }

  /**
   * Every beam takes a token.
   *
   * @param log log-probabilities of the tokens after each beam, shape [beam][token]
   * @param used how often earlier groups wrote each token in this step
   */
  void advance(float[][] log, int[] used, AllowedTokens allowed) {
    int vocabulary = used.length;
    float[] candidates = new float[prefixes.length * vocabulary];
    Arrays.fill(candidates, Float.NEGATIVE_INFINITY);
    for (int beam = 0; beam < prefixes.length; beam++) {
      for (int token : allowed.after(prefixes[beam], vocabulary)) {
        float penalized = log[beam][token] - search.penalty() * used[token];
        candidates[beam * vocabulary + token] = penalized + sums[beam];
      }
    }
    take(TopScores.of(candidates, 2 * prefixes.length), candidates, log);
  }

  private void take(int[] best, float[] candidates, float[][] log) {
    int vocabulary = log[0].length;
    int size = prefixes.length;
    int[][] nextPrefixes = new int[size][];
    float[] nextSums = new float[size];
    double[] nextLogs = new double[size];
    int taken = 0;
    for (int rank = 0; rank < best.length && taken < size; rank++) {
      int beam = best[rank] / vocabulary;
      int token = best[rank] % vocabulary;
      int[] prefix = extended(prefixes[beam], token);
      double logProbability = logProbabilities[beam] + log[beam][token];
      if (token != search.endToken()) {
        nextPrefixes[taken] = prefix;
        nextSums[taken] = candidates[best[rank]];
        nextLogs[taken++] = logProbability;
      } else if (rank < size) {
        finished.add(prefix, candidates[best[rank]], logProbability);
      }
    }
    prefixes = nextPrefixes;
    sums = nextSums;
    logProbabilities = nextLogs;
    done = finished.enough(candidates[best[0]], prefixes[0].length);
  }

  /** What did not end counts as finished now. */
  void finish() {
    for (int beam = 0; beam < prefixes.length && !done; beam++) {
      finished.add(prefixes[beam], sums[beam], logProbabilities[beam]);
    }
  }

  private static int[] extended(int[] prefix, int token) {
    int[] longer = Arrays.copyOf(prefix, prefix.length + 1);
    longer[prefix.length] = token;
    return longer;
  }
}
