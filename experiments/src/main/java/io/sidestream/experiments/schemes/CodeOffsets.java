package io.sidestream.experiments.schemes;

/** Moves codes out of the way of another set of codes. */
final class CodeOffsets {
  private CodeOffsets() {}

  /** The same IDs with the codes from a level on raised by so much. Shape [row][level]. */
  static int[][] from(int[][] codes, int level, int by) {
    int[][] raised = new int[codes.length][];
    for (int row = 0; row < codes.length; row++) {
      raised[row] = codes[row].clone();
      for (int l = level; l < raised[row].length; l++) {
        raised[row][l] += by;
      }
    }
    return raised;
  }
}
