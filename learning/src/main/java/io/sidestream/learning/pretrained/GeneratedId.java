package io.sidestream.learning.pretrained;

/**
 * One ID that a published generator wrote.
 *
 * @param codes coarse to fine
 * @param logProbability natural; normalized over the IDs of the trie where decoding is exact, over
 *     the whole vocabulary otherwise
 * @param score what it is ranked by: the log-probability where decoding is exact; less penalties
 *     and over the length where groups of beams wrote it
 */
public record GeneratedId(int[] codes, double logProbability, double score) {
  public GeneratedId {
    codes = codes.clone();
  }

  @Override
  public int[] codes() {
    return codes.clone();
  }
}
