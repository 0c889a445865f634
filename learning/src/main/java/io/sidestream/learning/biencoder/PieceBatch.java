package io.sidestream.learning.biencoder;

import io.sidestream.learning.tensor.SafeMath;

/**
 * Texts of one batch as word pieces, padded to the longest.
 *
 * <p>Legend: T texts, S word pieces of the longest.
 *
 * @param ids shape [text * S + position], 0 after a text's end
 * @param lengths pieces of each text, shape [T]
 * @param length S
 */
record PieceBatch(long[] ids, int[] lengths, int length) {
  /**
   * @param pieces shape [T][pieces]
   */
  static PieceBatch of(long[][] pieces) {
    int longest = 0;
    int[] lengths = new int[pieces.length];
    for (int text = 0; text < pieces.length; text++) {
      lengths[text] = pieces[text].length;
      longest = Math.max(longest, lengths[text]);
    }
    long[] ids = new long[pieces.length * longest];
    for (int text = 0; text < pieces.length; text++) {
      System.arraycopy(pieces[text], 0, ids, text * longest, lengths[text]);
    }
    return new PieceBatch(ids, lengths, longest);
  }

  /** T. */
  int texts() {
    return lengths.length;
  }

  /** 1 where a piece is, 0 after the text's end. Shape [text * S + position]. */
  float[] mask() {
    return filled(1, 0);
  }

  /** Added to attention scores: 0 where a piece is. Shape [text * S + position]. */
  float[] hidden() {
    return filled(0, SafeMath.MASKED);
  }

  private float[] filled(float piece, float padding) {
    float[] values = new float[ids.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % length < lengths[i / length] ? piece : padding;
    }
    return values;
  }
}
