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
   * rows; the items themselves are read from the rows. Legend: 2^b buckets when the current round
   * of splits began; buckets before `split` and their images 2^b further are split already.
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
    for (int row : buckets.get(bucketOf(item))) {
      if (rows.get(row).item().equals(item)) {
        return row;
      }
    }
    return -1;
  }

  /** Adds an item that is not there; the rows have it already. */
  void add(ItemId item, int row, Blocks<CatalogueRow> rows) {
    int bucket = bucketOf(item);
    buckets.set(bucket, with(buckets.get(bucket), row));
    if (rows.size() > (long) LOAD * buckets.size()) {
      split(rows);
    }
  }

  /** The item, which is there, moves to another row. */
  void move(ItemId item, int from, int to) {
    int bucket = bucketOf(item);
    int[] moved = buckets.get(bucket).clone();
    moved[at(moved, from)] = to;
    buckets.set(bucket, moved);
  }

  /** Removes an item, which is there. */
  void remove(ItemId item, int row) {
    int bucket = bucketOf(item);
    int[] before = buckets.get(bucket);
    int[] after = Arrays.copyOf(before, before.length - 1);
    int at = at(before, row);
    if (at < after.length) {
      after[at] = before[after.length]; // the last one takes its place
    }
    buckets.set(bucket, after.length == 0 ? EMPTY : after);
  }

  private static int at(int[] bucket, int row) {
    int at = 0;
    while (bucket[at] != row) {
      at++;
    }
    return at;
  }

  private static int[] with(int[] bucket, int row) {
    int[] more = Arrays.copyOf(bucket, bucket.length + 1);
    more[bucket.length] = row;
    return more;
  }

  private void split(Blocks<CatalogueRow> rows) {
    int[] both = buckets.get(buckets.size() - roundSize);
    int bucket = buckets.size() - roundSize;
    int image = buckets.size();
    buckets.set(bucket, EMPTY);
    buckets.add(EMPTY);
    if (buckets.size() == 2 * roundSize) {
      roundSize *= 2;
    }
    for (int row : both) {
      int to = bucketOf(rows.get(row).item()) == image ? image : bucket;
      buckets.set(to, with(buckets.get(to), row));
    }
  }

  private int bucketOf(ItemId item) {
    int hash = item.value().hashCode() * 0x9e3779b9;
    hash ^= hash >>> 16;
    int bucket = hash & (2 * roundSize - 1);
    return bucket < buckets.size() ? bucket : bucket - roundSize;
  }
}
