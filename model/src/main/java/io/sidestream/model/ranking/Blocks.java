package io.sidestream.model.ranking;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A copy-on-write list in blocks that successive versions share: a change copies its block and the
 * table of blocks. Written by one thread before publication, immutable after.
 *
 * @param <T> element, immutable
 */
final class Blocks<T> {
  /** Elements of one block. */
  static final int BLOCK = 256;

  private Object[][] blocks; // [at / BLOCK][at % BLOCK]
  private int size;
  private final BitSet owned = new BitSet(); // blocks that earlier versions do not share

  /** Empty, with room for some elements. */
  Blocks(int capacity) {
    this.blocks = new Object[blocksFor(capacity)][];
  }

  /** The next version. */
  Blocks(Blocks<T> before) {
    this.blocks = before.blocks.clone();
    this.size = before.size;
  }

  private static int blocksFor(int elements) {
    return (elements + BLOCK - 1) / BLOCK;
  }

  int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // only set and add write, and they take a T
  T get(int at) {
    return (T) blocks[at / BLOCK][at % BLOCK];
  }

  void set(int at, T element) {
    own(at / BLOCK)[at % BLOCK] = element;
  }

  void add(T element) {
    int at = size++;
    if (at / BLOCK == blocks.length) {
      blocks = Arrays.copyOf(blocks, blocks.length + 1 + blocks.length / 8);
    }
    own(at / BLOCK)[at % BLOCK] = element;
  }

  /** Adds elements of another list. */
  void addAll(Blocks<T> other, int from, int count) {
    for (int copied = 0; copied < count; ) {
      int at = from + copied;
      int run = Math.min(count - copied, BLOCK - Math.max(at % BLOCK, size % BLOCK));
      if (size / BLOCK == blocks.length) {
        blocks = Arrays.copyOf(blocks, blocks.length + 1 + blocks.length / 8);
      }
      Object[] to = own(size / BLOCK);
      System.arraycopy(other.blocks[at / BLOCK], at % BLOCK, to, size % BLOCK, run);
      size += run;
      copied += run;
    }
  }

  /** Removes the last element. */
  T removeLast() {
    T last = get(--size);
    own(size / BLOCK)[size % BLOCK] = null;
    return last;
  }

  private Object[] own(int block) {
    if (!owned.get(block)) {
      blocks[block] = blocks[block] == null ? new Object[BLOCK] : blocks[block].clone();
      owned.set(block);
    }
    return blocks[block];
  }
}
