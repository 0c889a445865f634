package io.sidestream.model.ranking;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Blocks of rows that successive versions share: a block is copied before the first change of a
 * version. Written by one thread before publication, immutable after.
 *
 * @param <B> the rows of one block
 */
final class RowBlocks<B> {
  private final int rowsOfBlock;
  private final Supplier<B> empty;
  private final UnaryOperator<B> copy;
  private Object[] blocks; // of B
  private final BitSet owned = new BitSet(); // blocks that earlier versions do not share

  /**
   * @param rows for which there is room at first
   * @param empty makes a block
   */
  RowBlocks(int rowsOfBlock, int rows, Supplier<B> empty, UnaryOperator<B> copy) {
    this.rowsOfBlock = rowsOfBlock;
    this.empty = empty;
    this.copy = copy;
    this.blocks = new Object[blocksFor(rows)];
  }

  /** The next version. */
  RowBlocks(RowBlocks<B> before) {
    this.rowsOfBlock = before.rowsOfBlock;
    this.empty = before.empty;
    this.copy = before.copy;
    this.blocks = before.blocks.clone();
  }

  private int blocksFor(int rows) {
    return (rows + rowsOfBlock - 1) / rowsOfBlock;
  }

  /** The block of a row that was written. */
  @SuppressWarnings("unchecked") // only own writes, and it takes a B
  B get(int row) {
    return (B) blocks[row / rowsOfBlock];
  }

  /** The block of a row, to be written to. */
  B own(int row) {
    int block = row / rowsOfBlock;
    if (block >= blocks.length) {
      blocks = Arrays.copyOf(blocks, block + 1 + block / 8);
    }
    if (!owned.get(block)) {
      blocks[block] = blocks[block] == null ? empty.get() : copy.apply(get(row));
      owned.set(block);
    }
    return get(row);
  }

  /** Releases the blocks behind the first rows. */
  void truncate(int rows) {
    for (int block = blocksFor(rows); block < blocks.length && blocks[block] != null; block++) {
      blocks[block] = null;
      owned.clear(block);
    }
  }
}
