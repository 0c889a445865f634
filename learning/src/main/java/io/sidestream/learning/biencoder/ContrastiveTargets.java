package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Positives of a batch's anchors, and the mask of false negatives. Arrays are not copied: they live
 * for one step.
 *
 * <p>Legend: B anchors, R distinct items of the step.
 *
 * @param positives place of each anchor's item, shape [B]
 * @param falseNegatives positions of each anchor's false negatives, shape [B][any]
 */
record ContrastiveTargets(int[] positives, int[][] falseNegatives) {
  /*
   * Every other item of the batch is a negative of an anchor, once, however many pairs hold it.
   * False negatives are masked: positives of the same anchor in other pairs of the batch, and the
   * items that the anchor is made of.
   */

  /** B. */
  int size() {
    return positives.length;
  }

  /**
   * @param anchors what makes two anchors the same one, [B]
   * @param positives place of each anchor's item, [B]
   * @param parts places of the items that each anchor is made of, [B]
   */
  static <T> ContrastiveTargets of(List<T> anchors, int[] positives, List<int[]> parts) {
    Map<T, Set<Integer>> wanted = new HashMap<>();
    for (int b = 0; b < positives.length; b++) {
      wanted.computeIfAbsent(anchors.get(b), unused -> new HashSet<>()).add(positives[b]);
    }
    int[][] falseNegatives = new int[positives.length][];
    for (int b = 0; b < positives.length; b++) {
      Set<Integer> places = new HashSet<>(wanted.get(anchors.get(b)));
      for (int part : parts.get(b)) {
        places.add(part);
      }
      places.remove(positives[b]);
      falseNegatives[b] = places.stream().mapToInt(Integer::intValue).sorted().toArray();
    }
    return new ContrastiveTargets(positives, falseNegatives);
  }

  /** The mask of all pairs with a step's items (R, D). Shape (B, R). */
  NDArray falseNegativeMask(TrainingStep step, NDArray items) {
    int rows = Math.toIntExact(items.getShape().get(0));
    return step.floats(falseNegativeMask(rows), size(), rows);
  }

  /**
   * Added to the scores of all pairs: 0, or masked for a false negative. Shape [anchor * items +
   * place].
   */
  float[] falseNegativeMask(int items) {
    float[] mask = new float[size() * items];
    for (int b = 0; b < falseNegatives.length; b++) {
      for (int place : falseNegatives[b]) {
        mask[b * items + place] = SafeMath.MASKED;
      }
    }
    return mask;
  }
}
