package io.sidestream.model.ranking;

/**
 * A copy-on-write matrix of vectors by row, in blocks that successive versions share. Written by
 * one thread before publication, immutable after. A row's inner product is summed in the order of
 * dimensions, so that it depends neither on the row's place nor on the layout.
 */
sealed interface VectorRows permits VectorColumns, SketchedVectors {
  /** The next version. */
  VectorRows next();

  int dimensions();

  /**
   * Writes a row.
   *
   * @param codes shape [level], of its item
   */
  void set(int row, int[] codes, float[] vector);

  /** Releases the blocks behind the first rows. */
  void truncate(int rows);

  /** A copy of a row. */
  float[] get(int row);

  /** The inner product of each of the first {@code rows} rows with a vector. Shape: [row]. */
  float[] dots(float[] vector, int rows);
}
