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
 * Which of a step's items each anchor should be near, and which are not to be held against it.
 *
 * <p>Legend: B anchors, R distinct items of the step.
 *
 * @param positives place of each anchor's item, shape [B]
 * @param unheld places that are no negatives of each anchor, besides its positive, shape [B][any]
 */
record ContrastiveTargets(int[] positives, int[][] unheld) {
  /*
   * Every other item of the step is a negative of an anchor, once, however many pairs drew it. Not so the items that the
   * same anchor was drawn with in other pairs of the step, and those that the anchor is made of: they are no mistakes.
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
    int[][] unheld = new int[positives.length][];
    for (int b = 0; b < positives.length; b++) {
      Set<Integer> places = new HashSet<>(wanted.get(anchors.get(b)));
      for (int part : parts.get(b)) {
        places.add(part);
      }
      places.remove(positives[b]);
      unheld[b] = places.stream().mapToInt(Integer::intValue).sorted().toArray();
    }
    return new ContrastiveTargets(positives, unheld);
  }

  /** The mask of all pairs with a step's items (R, D). Shape (B, R). */
  NDArray mask(TrainingStep step, NDArray items) {
    int rows = Math.toIntExact(items.getShape().get(0));
    return step.floats(mask(rows), size(), rows);
  }

  /** Added to the scores of all pairs: 0 where a score counts. Shape [anchor * items + place]. */
  float[] mask(int items) {
    float[] mask = new float[size() * items];
    for (int b = 0; b < unheld.length; b++) {
      for (int place : unheld[b]) {
        mask[b * items + place] = SafeMath.MASKED;
      }
    }
    return mask;
  }
}
