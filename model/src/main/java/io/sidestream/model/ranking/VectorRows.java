package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.checkEqual;

import io.sidestream.model.vectors.Vectors;
import java.util.Arrays;

/**
 * A copy-on-write matrix of vectors by row, in blocks that successive versions share. Shape:
 * blocks[row / BLOCK][row % BLOCK * dimensions + d]. Written by one thread before publication,
 * immutable after.
 */
final class VectorRows {
  /** Rows of one block; a change of one row copies its block. */
  static final int BLOCK = 256;

  private final int dimensions;
  private final float[][] blocks;
  private final boolean[] owned; // blocks that earlier versions do not share

  /** Capacity for {@code rows} rows of zeros. */
  VectorRows(int dimensions, int rows) {
    this.dimensions = dimensions;
    this.blocks = new float[(rows + BLOCK - 1) / BLOCK][];
    this.owned = new boolean[blocks.length];
  }

  /** The next version, with capacity for {@code rows} rows. */
  VectorRows resized(int rows) {
    VectorRows next = new VectorRows(dimensions, rows);
    int shared = Math.min(blocks.length, next.blocks.length);
    System.arraycopy(blocks, 0, next.blocks, 0, shared);
    return next;
  }

  void set(int row, float[] vector) {
    checkEqual(vector.length, dimensions, "vector has %d dimensions");
    int block = row / BLOCK;
    if (!owned[block]) {
      blocks[block] = blocks[block] == null ? new float[BLOCK * dimensions] : blocks[block].clone();
      owned[block] = true;
    }
    System.arraycopy(vector, 0, blocks[block], row % BLOCK * dimensions, dimensions);
  }

  /** A copy of a row. */
  float[] get(int row) {
    int offset = row % BLOCK * dimensions;
    return Arrays.copyOfRange(blocks[row / BLOCK], offset, offset + dimensions);
  }

  /** The inner product of each of the first {@code rows} rows with a vector. Shape: [row]. */
  float[] dots(float[] vector, int rows) {
    checkEqual(vector.length, dimensions, "vector has %d dimensions");
    float[] products = new float[rows];
    for (int from = 0; from < rows; from += BLOCK) {
      float[] block = blocks[from / BLOCK];
      int to = Math.min(rows, from + BLOCK);
      for (int row = from; row < to; row++) {
        products[row] = Vectors.dot(block, (row - from) * dimensions, vector);
      }
    }
    return products;
  }
}
