package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.TrainingStep;

/**
 * Where a step's text vectors come from. All have length 1.
 *
 * <p>Legend: B queries, at least one; R items; E text dimensions.
 */
interface TextSource {
  /** Shape (R, E). */
  NDArray items(TrainingStep step, Batch pairs);

  /** Shape (B, E). */
  NDArray queries(TrainingStep step, Batch pairs);
}
