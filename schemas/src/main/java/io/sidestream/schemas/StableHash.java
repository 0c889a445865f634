package io.sidestream.schemas;

/** A hash of text by seed, the same on every machine: it chooses whom it chose before. */
public final class StableHash {
  /*
   * FNV-1a of 64 bits over UTF-16 units, begun at the mixed seed, then mixed by Stafford's variant
   * 13: ids often differ in their last character alone, which FNV leaves in the low bits, and equal
   * orders under two seeds would choose the same users twice.
   */
  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private StableHash() {}

  /** All values are equally likely; the order by it is a draw without replacement. */
  public static long of(String text, long seed) {
    long hash = BASIS ^ mix(seed);
    for (int at = 0; at < text.length(); at++) {
      hash = (hash ^ text.charAt(at)) * PRIME;
    }
    return mix(hash);
  }

  /** The same as a number in [0, 1): a text is in a share where its number is below it. */
  public static double unit(String text, long seed) {
    return (of(text, seed) >>> 11) * 0x1p-53;
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}
