package io.sidestream.ingest.pairs;

import java.util.Arrays;

/** Sums by the numbers of two names, of a row and of an entry in it, until the rows are taken. */
final class CountSums {
  /*
   * An open-addressed table with linear probing: a sum is found by one long. Names are compared
   * when the rows are taken, once each.
   */
  private static final int MIN_CAPACITY = 1 << 10;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long[] keys = new long[MIN_CAPACITY]; // row << 32 | entry, plus 1; 0 for none
  private long[] sums = new long[MIN_CAPACITY];
  private int size;

  /** Takes rows. */
  @FunctionalInterface
  interface Rows {
    void row(int number, CountRow row);
  }

  /** Adds to the sum of an entry. */
  void add(int row, int entry, long change) {
    long key = key(row, entry);
    int slot = slot(key);
    if (keys[slot] == 0) {
      if (2 * size >= keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      size++;
    }
    sums[slot] += change;
  }

  /** Number of sums. */
  int size() {
    return size;
  }

  /** Hands on the sums as one row after the other, in the order of names, and forgets them. */
  void take(NameNumbers.Order order, Rows rows) {
    long[] ranked = ranked(order);
    CountRowBuilder builder = new CountRowBuilder();
    for (int i = 0; i < ranked.length; i++) {
      int row = order.sorted()[(int) (ranked[i] >>> 32)];
      int entry = order.sorted()[(int) ranked[i]];
      byte[] name = order.utf8()[entry];
      builder.add(name, name.length, sums[slot(key(row, entry))]);
      if (i + 1 == ranked.length || ranked[i + 1] >>> 32 != ranked[i] >>> 32) {
        rows.row(row, builder.take());
      }
    }
    clear();
  }

  /** Row and entry of each sum, by their places in the order of names, in order. */
  private long[] ranked(NameNumbers.Order order) {
    int[] ranks = order.ranks();
    long[] ranked = new long[size];
    int next = 0;
    for (long key : keys) {
      if (key != 0) {
        ranked[next++] = ((long) ranks[(int) ((key - 1) >>> 32)] << 32) | ranks[(int) (key - 1)];
      }
    }
    Arrays.sort(ranked);
    return ranked;
  }

  private void clear() {
    int capacity = 4 * size < keys.length ? Math.max(MIN_CAPACITY, keys.length / 2) : keys.length;
    keys = new long[capacity];
    sums = new long[capacity];
    size = 0;
  }

  private static long key(int row, int entry) {
    return (((long) row << 32) | entry) + 1;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * GOLDEN) >>> 32) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] formerKeys = keys;
    long[] formerSums = sums;
    keys = new long[2 * formerKeys.length];
    sums = new long[2 * formerKeys.length];
    for (int i = 0; i < formerKeys.length; i++) {
      if (formerKeys[i] != 0) {
        int slot = slot(formerKeys[i]);
        keys[slot] = formerKeys[i];
        sums[slot] = formerSums[i];
      }
    }
  }
}
