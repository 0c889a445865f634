package io.sidestream.model.terms;

import java.util.Arrays;
import java.util.List;

/**
 * How often a text has each of its terms, by the terms' hashes: 12 bytes a term. Immutable.
 *
 * <p>Two terms of one hash count as one; with 64 bits that is not to be expected.
 */
public final class TermCounts {
  private final long[] hashes; // ascending
  private final int[] counts;
  private final int length;

  private TermCounts(long[] hashes, int[] counts, int length) {
    this.hashes = hashes;
    this.counts = counts;
    this.length = length;
  }

  /** The terms of these texts together. */
  public static TermCounts of(List<String> texts) {
    long[] all =
        texts.stream().flatMap(text -> Terms.all(text).stream()).mapToLong(Terms::hash).toArray();
    long[] distinct = Arrays.stream(all).sorted().distinct().toArray();
    int[] counts = new int[distinct.length];
    for (long hash : all) {
      counts[Arrays.binarySearch(distinct, hash)]++;
    }
    return new TermCounts(distinct, counts, all.length);
  }

  /** Number of terms, repeated ones included. */
  int length() {
    return length;
  }

  /** Whether a text has the term. */
  public boolean has(String term) {
    return count(term) > 0;
  }

  int count(String term) {
    int at = Arrays.binarySearch(hashes, Terms.hash(term));
    return at < 0 ? 0 : counts[at];
  }
}
