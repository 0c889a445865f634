package io.sidestream.model.ranking;

import java.util.Arrays;

/**
 * Which rows lie behind each leaf of a trie. Shape: the rows of leaf l are rows[starts[l]] to
 * rows[starts[l + 1] - 1], ascending. Immutable.
 */
final class Buckets {
  private final int[] starts; // [leaf], one more at the end
  private final int[] rows; // [row], grouped by leaf

  /**
   * @param leafOf shape [row]
   */
  Buckets(int[] leafOf, int leaves) {
    starts = new int[leaves + 1];
    for (int leaf : leafOf) {
      starts[leaf + 1]++;
    }
    for (int leaf = 0; leaf < leaves; leaf++) {
      starts[leaf + 1] += starts[leaf];
    }
    int[] next = starts.clone();
    rows = new int[leafOf.length];
    for (int row = 0; row < leafOf.length; row++) {
      rows[next[leafOf[row]]++] = row;
    }
  }

  int[] rows(int leaf) {
    return Arrays.copyOfRange(rows, starts[leaf], starts[leaf + 1]);
  }
}
