package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.checkEqual;

import java.util.Arrays;

/**
 * Vectors for scans of all rows, stored by dimension. Shape: blocks[row / BLOCK][d][row % BLOCK].
 */
final class VectorColumns implements VectorRows {
  /*
   * A block holds its rows by dimension [1]: the products of a block's rows with a query are sums
   * of whole columns, and the compiler turns such a loop into vector instructions, which it does
   * not for the sum inside one row. Each column is an array of its own, since it does so only where
   * all arrays are read at the same index. A row's product is summed in the order of dimensions,
   * so that it does not depend on the row's place.
   *
   * [1] Kuffo et al. 2025, PDX: a data layout for vector similarity search, arXiv 2503.04422
   */

  /**
   * Rows of one block; a change of one row copies its block. Columns are as long as a page of
   * memory: the processor fetches ahead within a page, and shorter ones took twice the time.
   */
  static final int BLOCK = 1_024;

  private final int dimensions;
  private final RowBlocks<float[][]> blocks;

  /** Capacity for {@code rows} rows. */
  VectorColumns(int dimensions, int rows) {
    this.dimensions = dimensions;
    this.blocks =
        new RowBlocks<>(BLOCK, rows, () -> new float[dimensions][BLOCK], VectorColumns::copy);
  }

  private VectorColumns(VectorColumns before) {
    this.dimensions = before.dimensions;
    this.blocks = new RowBlocks<>(before.blocks);
  }

  @Override
  public VectorColumns next() {
    return new VectorColumns(this);
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public void set(int row, int[] codes, float[] vector) {
    checkEqual(vector.length, dimensions, "vector has %d dimensions");
    float[][] block = blocks.own(row);
    int at = row % BLOCK;
    for (int d = 0; d < dimensions; d++) {
      block[d][at] = vector[d];
    }
  }

  private static float[][] copy(float[][] block) {
    float[][] copy = new float[block.length][];
    for (int d = 0; d < block.length; d++) {
      copy[d] = block[d].clone();
    }
    return copy;
  }

  @Override
  public void truncate(int rows) {
    blocks.truncate(rows);
  }

  @Override
  public float[] get(int row) {
    float[] vector = new float[dimensions];
    float[][] block = blocks.get(row);
    int at = row % BLOCK;
    for (int d = 0; d < dimensions; d++) {
      vector[d] = block[d][at];
    }
    return vector;
  }

  @Override
  public float[] dots(float[] vector, int rows) {
    checkEqual(vector.length, dimensions, "vector has %d dimensions");
    float[] products = new float[rows];
    float[] ofBlock = new float[BLOCK];
    for (int from = 0; from < rows; from += BLOCK) {
      dots(blocks.get(from), vector, ofBlock);
      System.arraycopy(ofBlock, 0, products, from, Math.min(BLOCK, rows - from));
    }
    return products;
  }

  private static void dots(float[][] block, float[] vector, float[] sums) {
    Arrays.fill(sums, 0);
    int d = 0;
    for (; d + 3 < vector.length; d += 4) {
      addFour(block, d, vector, sums);
    }
    for (; d < vector.length; d++) {
      float[] column = block[d];
      float factor = vector[d];
      for (int at = 0; at < sums.length; at++) {
        sums[at] += factor * column[at];
      }
    }
  }

  /** Four columns at once: a sum is read and written a quarter as often. */
  private static void addFour(float[][] block, int d, float[] vector, float[] sums) {
    float[] c0 = block[d];
    float[] c1 = block[d + 1];
    float[] c2 = block[d + 2];
    float[] c3 = block[d + 3];
    float v0 = vector[d];
    float v1 = vector[d + 1];
    float v2 = vector[d + 2];
    float v3 = vector[d + 3];
    for (int at = 0; at < sums.length; at++) {
      sums[at] = sums[at] + v0 * c0[at] + v1 * c1[at] + v2 * c2[at] + v3 * c3[at];
    }
  }
}
