package io.sidestream.model.ranking;

import io.sidestream.schemas.ItemId;
import java.util.Arrays;

/**
 * Item → row, a hash table whose versions share what did not change. Written by one thread before
 * publication, immutable after.
 */
final class RowIndex {
  /*
   * Linear hashing [1]: the table grows by one bucket at a time, so that no change pays for all
   * items, and versions differ by the blocks of the buckets they touched. A bucket is an array of
   * rows, each followed by the hash of its item. The items themselves are read from the rows, and
   * where hashes are equal alone: in a large catalogue each of the four reads to an item misses the
   * caches. Legend: 2^b buckets when the current round of splits began; buckets before `split` and
   * their images 2^b further are split already.
   *
   * [1] Litwin 1980, Linear hashing: a new tool for file and table addressing
   */
  private static final int[] EMPTY = {};

  /** Most rows a bucket has on average. */
  private static final int LOAD = 4;

  private final Blocks<int[]> buckets;
  private int roundSize; // 2^b

  /** Empty, with room for some items. */
  RowIndex(int capacity) {
    this.roundSize = Math.max(1, Integer.highestOneBit(Math.max(1, capacity / LOAD)));
    this.buckets = new Blocks<>(roundSize);
    for (int bucket = 0; bucket < roundSize; bucket++) {
      buckets.add(EMPTY);
    }
  }

  /** The next version. */
  RowIndex(RowIndex before) {
    this.buckets = new Blocks<>(before.buckets);
    this.roundSize = before.roundSize;
  }

  /** The row of an item among these rows, or -1. */
  int find(ItemId item, Blocks<CatalogueRow> rows) {
    int hash = hash(item);
    int[] bucket = buckets.get(bucketOf(hash));
    for (int at = 0; at < bucket.length; at += 2) {
      if (bucket[at + 1] == hash && rows.get(bucket[at]).item().equals(item)) {
        return bucket[at];
      }
    }
    return -1;
  }

  /**
   * Adds an item that is not there.
   *
   * @param rows how many there are, this one among them
   */
  void add(ItemId item, int row, int rows) {
    int hash = hash(item);
    int bucket = bucketOf(hash);
    buckets.set(bucket, with(buckets.get(bucket), row, hash));
    if (rows > (long) LOAD * buckets.size()) {
      split();
    }
  }

  /** The item, which is there, moves to another row. */
  void move(ItemId item, int from, int to) {
    int bucket = bucketOf(hash(item));
    int[] moved = buckets.get(bucket).clone();
    moved[at(moved, from)] = to;
    buckets.set(bucket, moved);
  }

  /** Removes an item, which is there. */
  void remove(ItemId item, int row) {
    int bucket = bucketOf(hash(item));
    int[] before = buckets.get(bucket);
    int[] after = Arrays.copyOf(before, before.length - 2);
    int at = at(before, row);
    if (at < after.length) { // the last one takes its place
      after[at] = before[after.length];
      after[at + 1] = before[after.length + 1];
    }
    buckets.set(bucket, after.length == 0 ? EMPTY : after);
  }

  private static int at(int[] bucket, int row) {
    int at = 0;
    while (bucket[at] != row) {
      at += 2;
    }
    return at;
  }

  private static int[] with(int[] bucket, int row, int hash) {
    int[] more = Arrays.copyOf(bucket, bucket.length + 2);
    more[bucket.length] = row;
    more[bucket.length + 1] = hash;
    return more;
  }

  private void split() {
    int[] both = buckets.get(buckets.size() - roundSize);
    int bucket = buckets.size() - roundSize;
    int image = buckets.size();
    buckets.set(bucket, EMPTY);
    buckets.add(EMPTY);
    if (buckets.size() == 2 * roundSize) {
      roundSize *= 2;
    }
    for (int at = 0; at < both.length; at += 2) {
      int to = bucketOf(both[at + 1]) == image ? image : bucket;
      buckets.set(to, with(buckets.get(to), both[at], both[at + 1]));
    }
  }

  private static int hash(ItemId item) {
    int hash = item.value().hashCode() * 0x9e3779b9;
    return hash ^ hash >>> 16;
  }

  private int bucketOf(int hash) {
    int bucket = hash & (2 * roundSize - 1);
    return bucket < buckets.size() ? bucket : bucket - roundSize;
  }
}
