package io.sidestream.experiments.trials;

import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The IDs of one task and the items behind each.
 *
 * @param leafOf the leaf of each item's ID, shape [row]
 * @param rows of the items behind a leaf of the trie, ascending, shape [leaf][any]
 * @param logShare of each item inside its ID, by popularity, shape [row]; at most 0
 */
record TaskCatalogue(CodeTrie trie, int[] leafOf, int[][] rows, double[] logShare) {
  /*
   * How items that share an ID are ranked is not published. Here the ID's probability is shared out by popularity,
   * (1 + count) over the sum of the ID's items: what is known without a vector, and the same for all ways.
   */

  /**
   * @param codes shape [row][level]
   * @param counts how often each item was chosen in training, shape [row]
   */
  static TaskCatalogue of(CodebookShape shape, int[][] codes, float[] counts) {
    CodeTrie trie = CodeTrie.of(shape, Arrays.asList(codes));
    List<List<Integer>> behind = new ArrayList<>();
    for (int leaf = 0; leaf < trie.size(); leaf++) {
      behind.add(new ArrayList<>());
    }
    int[] leafOf = Arrays.stream(codes).mapToInt(trie::leaf).toArray();
    for (int row = 0; row < codes.length; row++) {
      behind.get(leafOf[row]).add(row);
    }
    double[] logShare = new double[codes.length];
    for (List<Integer> bucket : behind) {
      double sum = bucket.stream().mapToDouble(row -> 1 + counts[row]).sum();
      bucket.forEach(row -> logShare[row] = Math.log((1 + counts[row]) / sum));
    }
    return new TaskCatalogue(
        trie,
        leafOf,
        behind.stream()
            .map(bucket -> bucket.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new),
        logShare);
  }
}
