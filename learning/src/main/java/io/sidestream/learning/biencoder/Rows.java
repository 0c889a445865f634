package io.sidestream.learning.biencoder;

/** Rows of a table, one after the other. */
final class Rows {
  private Rows() {}

  /** Shape [place * width + column]; empty for no rows. */
  static float[] flat(float[][] table, int[] rows) {
    if (rows.length == 0) {
      return new float[0];
    }
    int width = table[rows[0]].length;
    float[] flat = new float[rows.length * width];
    for (int place = 0; place < rows.length; place++) {
      System.arraycopy(table[rows[place]], 0, flat, place * width, width);
    }
    return flat;
  }
}
