package io.sidestream.ingest.pairs;

import java.util.Arrays;

/** The order of text by UTF-16 unit, as ids have it, without decoding their UTF-8. */
final class Utf8Names {
  /*
   * Both orders are that of code points, but that UTF-16 writes those from U+10000 on, whose UTF-8
   * begins with F0 to F4, as surrogates below U+E000, whose UTF-8 begins with EE.
   */
  private static final int FIRST_ABOVE_SURROGATES = 0xEE;
  private static final int LAST_ABOVE_SURROGATES = 0xEF;
  private static final int ABOVE_ALL = 0x10;

  private Utf8Names() {}

  static int compareByUtf16(byte[] one, byte[] other) {
    int at = Arrays.mismatch(one, other);
    if (at < 0 || at == one.length || at == other.length) {
      return Integer.compare(one.length, other.length);
    }
    return Integer.compare(rank(one[at] & 0xFF), rank(other[at] & 0xFF));
  }

  private static int rank(int unit) {
    return unit >= FIRST_ABOVE_SURROGATES && unit <= LAST_ABOVE_SURROGATES
        ? unit + ABOVE_ALL
        : unit;
  }
}
