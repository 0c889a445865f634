package io.sidestream.experiments.run;

import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.Ranking;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Beam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The IDs of one task and the items behind each. Arrays are not copied: they have an entry for
 * every item.
 *
 * @param leafOf the leaf of each item's ID, shape [row]
 * @param rows of the items behind a leaf of the trie, ascending, shape [leaf][any]
 * @param logShare of each item inside its ID, by popularity, shape [row]; at most 0
 */
record TaskCatalogue(CodeTrie trie, int[] leafOf, int[][] rows, double[] logShare) {
  /*
   * How items that share an ID are ranked is not published. Here the ID's probability is shared
   * out by popularity, (1 + count) over the sum of the ID's items: what is known without a
   * vector, and the same for all schemes.
   */

  /**
   * @param codes shape [row][level]
   * @param counts how often training saw each item, shape [row]
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

  /**
   * The rank of the relevant item of a case. Items are ranked by log p(ID) + log share inside the
   * ID, ties by row; excluded items are left out.
   *
   * @param beams best first
   */
  Ranking rank(List<Beam> beams, EvaluationCase one) {
    int leaf = leafOf[one.relevant()];
    for (int beam = 0; beam < beams.size(); beam++) {
      if (beams.get(beam).leaf() == leaf) {
        return Ranking.of(before(beams, beams.get(beam), one), beam);
      }
    }
    return Ranking.of(Ranking.MISSING, Ranking.MISSING);
  }

  private int before(List<Beam> beams, Beam own, EvaluationCase one) {
    double wanted = own.logProbability() + logShare[one.relevant()];
    int before = 0;
    for (Beam beam : beams) {
      for (int row : rows[beam.leaf()]) {
        double score = beam.logProbability() + logShare[row];
        boolean first = score > wanted || (score == wanted && row < one.relevant());
        before += first && !one.excluded().contains(row) ? 1 : 0;
      }
    }
    return before;
  }
}
