package io.sidestream.learning.decoding;

import java.util.stream.IntStream;

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
