package io.sidestream.learning.decoding;

import java.util.List;

/** What a model says of the token after each of some prefixes. */
@FunctionalInterface
public interface NextLogits {
  /**
   * @param prefixes tokens after the start, all equally many; empty ones first
   * @return shape [prefix][token]; every row as long as the vocabulary
   */
  float[][] after(List<int[]> prefixes);
}
