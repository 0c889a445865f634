package io.sidestream.trainer.huggingface;

/**
 * One ID that a published generator wrote.
 *
 * @param codes coarse to fine
 * @param logProbability natural; normalized over the IDs of the trie where decoding is exact, over
 *     the whole vocabulary otherwise
 * @param score what it is ranked by: the log-probability where decoding is exact; less penalties
 *     and over the length where groups of beams wrote it
 */
public record WrittenId(int[] codes, double logProbability, double score) {
  public WrittenId {
    codes = codes.clone();
  }
}
