package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.checkEqual;

import java.util.Arrays;

/**
 * Vectors for scans of some rows, stored by row, each with a sketch of what its codes leave over.
 */
final class SketchedVectors implements VectorRows {
  /** Rows of one block; a change of one row copies its block. */
  static final int BLOCK = 128;

  private static final int AT_ONCE = 4; // rows whose sums do not wait for each other

  private final CodeLists lists;
  private final RowBlocks<Block> blocks;

  /**
   * @param vectors [row * D + d]
   * @param sketches of each row its signs and then, in a word of their own, the bits of its scale:
   *     one read of memory. [row * (words + 1) + word]
   */
  private record Block(float[] vectors, long[] sketches) {
    static Block of(CodeLists lists) {
      return new Block(
          new float[BLOCK * lists.dimensions()], new long[BLOCK * (lists.words() + 1)]);
    }

    Block copy() {
      return new Block(vectors.clone(), sketches.clone());
    }
  }

  /** Capacity for {@code rows} rows. */
  SketchedVectors(CodeLists lists, int rows) {
    this.lists = lists;
    this.blocks = new RowBlocks<>(BLOCK, rows, () -> Block.of(lists), Block::copy);
  }

  private SketchedVectors(SketchedVectors before) {
    this.lists = before.lists;
    this.blocks = new RowBlocks<>(before.blocks);
  }

  @Override
  public SketchedVectors next() {
    return new SketchedVectors(this);
  }

  CodeLists lists() {
    return lists;
  }

  @Override
  public int dimensions() {
    return lists.dimensions();
  }

  @Override
  public void set(int row, int[] codes, float[] vector) {
    checkEqual(vector.length, dimensions(), "vector has %d dimensions");
    Block block = blocks.own(row);
    int at = row % BLOCK;
    System.arraycopy(vector, 0, block.vectors, at * vector.length, vector.length);
    int from = at * (lists.words() + 1);
    float scale = lists.sketch(codes, vector, block.sketches, from);
    block.sketches[from + lists.words()] = Float.floatToIntBits(scale);
  }

  @Override
  public void truncate(int rows) {
    blocks.truncate(rows);
  }

  @Override
  public float[] get(int row) {
    int from = row % BLOCK * dimensions();
    return Arrays.copyOfRange(blocks.get(row).vectors, from, from + dimensions());
  }

  @Override
  public float[] dots(float[] vector, int rows) {
    int[] all = new int[rows];
    Arrays.setAll(all, row -> row);
    return dots(vector, all);
  }

  /** The inner product of some rows with a vector. Shape: as the rows. */
  float[] dots(float[] vector, int[] rows) {
    checkEqual(vector.length, dimensions(), "vector has %d dimensions");
    float[] products = new float[rows.length];
    int i = 0;
    for (; i + AT_ONCE <= rows.length; i += AT_ONCE) {
      dotFour(vector, rows, i, products);
    }
    for (; i < rows.length; i++) {
      float[] of = blocks.get(rows[i]).vectors;
      int from = rows[i] % BLOCK * vector.length;
      float sum = 0;
      for (int d = 0; d < vector.length; d++) {
        sum += vector[d] * of[from + d];
      }
      products[i] = sum;
    }
    return products;
  }

  private void dotFour(float[] vector, int[] rows, int i, float[] products) {
    float[] a = blocks.get(rows[i]).vectors;
    float[] b = blocks.get(rows[i + 1]).vectors;
    float[] c = blocks.get(rows[i + 2]).vectors;
    float[] e = blocks.get(rows[i + 3]).vectors;
    int fromA = rows[i] % BLOCK * vector.length;
    int fromB = rows[i + 1] % BLOCK * vector.length;
    int fromC = rows[i + 2] % BLOCK * vector.length;
    int fromE = rows[i + 3] % BLOCK * vector.length;
    float sumA = 0;
    float sumB = 0;
    float sumC = 0;
    float sumE = 0;
    for (int d = 0; d < vector.length; d++) {
      float factor = vector[d];
      sumA += factor * a[fromA + d];
      sumB += factor * b[fromB + d];
      sumC += factor * c[fromC + d];
      sumE += factor * e[fromE + d];
    }
    products[i] = sumA;
    products[i + 1] = sumB;
    products[i + 2] = sumC;
    products[i + 3] = sumE;
  }

  /** What a query's sketch tells of a row's inner product beyond that of its codes. */
  float beyondCodes(int row, QuerySketch query) {
    long[] sketches = blocks.get(row).sketches;
    int from = row % BLOCK * (lists.words() + 1);
    float scale = Float.intBitsToFloat((int) sketches[from + lists.words()]);
    return scale * query.dot(sketches, from);
  }
}
