package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Contrastive loss with in-batch negatives (InfoNCE): the mean cross-entropy of a softmax over
 * cosines divided by the temperature.
 *
 * <p>Legend: B anchors, R items, D dimensions.
 */
final class ContrastiveLoss {
  /*
   * Multiple negatives ranking: van den Oord et al. 2018, arXiv 1807.03748; with text pairs
   * Henderson et al. 2017, arXiv 1705.00652.
   */
  private ContrastiveLoss() {}

  /**
   * @param anchors unit vectors, shape (B, D), at least one
   * @param items unit vectors, shape (R, D)
   * @param mask the contrast's, shape (B, R)
   * @return shape ()
   */
  static NDArray of(
      TrainingStep step,
      NDArray anchors,
      NDArray items,
      ContrastiveTargets contrast,
      NDArray mask,
      double temperature) {
    NDArray cosines = anchors.matMul(items.transpose()); // (B, R)
    NDArray scores = SafeMath.divide(cosines, temperature).add(mask); // (B, R)
    long[] positives = IntStream.of(contrast.positives()).asLongStream().toArray();
    float[] weights = new float[contrast.size()];
    Arrays.fill(weights, 1);
    return SafeMath.crossEntropy(
        scores,
        step.indices(positives, contrast.size()), // (B)
        step.floats(weights, contrast.size())); // (B)
  }
}
