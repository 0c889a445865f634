package io.sidestream.benchmarks.pairs;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Interaction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A plain count of all pairs, and what a side committed of each. Items are numbered and pairs lie
 * in one open table (linear probing), 16 bytes a slot, since there may be a hundred million.
 */
final class ExpectedTotals {
  private static final int FIRST_SLOTS = 1 << 10;
  private static final int MOST_SLOTS = 1 << 28;
  private static final double FULL = 0.8;
  private static final long EMPTY = -1;
  private static final long HASH = 0x9E3779B97F4A7C15L;

  private final UserWindows windows = new UserWindows();
  private final Map<String, Integer> items = new HashMap<>();
  private long[] keys = new long[FIRST_SLOTS];
  private int[] counted = new int[FIRST_SLOTS];
  private int[] committed = new int[FIRST_SLOTS];
  private int size;
  private long pairs;
  private long sum;
  private int distinct;
  private long unknown;

  ExpectedTotals() {
    Arrays.fill(keys, EMPTY);
  }

  /** Counts what an event adds. */
  void add(Interaction event) {
    windows.add(event, this::count);
  }

  /** Number of pairs counted. */
  long pairs() {
    return pairs;
  }

  /** Number of different pairs counted. */
  int size() {
    return size;
  }

  /** Forgets what was committed. */
  void forgetCommitted() {
    Arrays.fill(committed, 0);
    sum = 0;
    distinct = 0;
    unknown = 0;
  }

  /**
   * Takes a committed total, in place of the pair's earlier one.
   *
   * @param low the pair's item that is first in the order of its record's key
   */
  void commit(String low, String high, long total) {
    Integer one = items.get(low);
    Integer other = items.get(high);
    int slot = one == null || other == null ? -1 : slot(key(one, other));
    if (slot < 0 || keys[slot] == EMPTY || low.compareTo(high) >= 0) {
      unknown++;
      return;
    }
    distinct += committed[slot] == 0 ? 1 : 0;
    sum += total - committed[slot];
    committed[slot] = Math.toIntExact(total);
  }

  /** Sum of the last committed total of each pair. */
  long committedSum() {
    return sum;
  }

  /** Number of pairs that have a committed total. */
  int committedDistinct() {
    return distinct;
  }

  /** Whether each pair has the total that was counted, and there are no others. */
  boolean committedEqual() {
    return unknown == 0 && Arrays.equals(counted, committed);
  }

  private void count(String one, String other) {
    long key = key(number(one), number(other));
    int slot = slot(key);
    if (keys[slot] == EMPTY) {
      if (size + 1 > FULL * keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      size++;
    }
    counted[slot]++;
    pairs++;
  }

  private int number(String item) {
    return items.computeIfAbsent(item, each -> items.size());
  }

  private static long key(int one, int other) {
    return (long) Math.min(one, other) << Integer.SIZE | Math.max(one, other);
  }

  /** Where a key is, or would be. */
  private int slot(long key) {
    int mask = keys.length - 1;
    long mixed = key * HASH;
    int slot = (int) (mixed ^ mixed >>> Integer.SIZE) & mask;
    while (keys[slot] != EMPTY && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    check(keys.length < MOST_SLOTS, "more than %d different pairs", size);
    long[] formerKeys = keys;
    int[] formerCounts = counted;
    keys = new long[2 * formerKeys.length];
    Arrays.fill(keys, EMPTY);
    counted = new int[keys.length];
    committed = new int[keys.length];
    for (int i = 0; i < formerKeys.length; i++) {
      if (formerKeys[i] != EMPTY) {
        int slot = slot(formerKeys[i]);
        keys[slot] = formerKeys[i];
        counted[slot] = formerCounts[i];
      }
    }
  }
}
