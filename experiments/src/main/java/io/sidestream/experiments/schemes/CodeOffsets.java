package io.sidestream.experiments.schemes;

/** Shifts codes into a range of their own. */
final class CodeOffsets {
  private CodeOffsets() {}

  /** The same IDs with the codes from a level on raised by an offset. Shape [row][level]. */
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
