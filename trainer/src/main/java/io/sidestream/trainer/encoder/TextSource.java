package io.sidestream.trainer.encoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.trainer.tensor.TrainingStep;

/**
 * Where a step's text vectors come from. All have length 1.
 *
 * <p>Legend: B queries, at least one; R items; E text dimensions.
 */
interface TextSource {
  /** Shape (R, E). */
  NDArray items(TrainingStep step, Step pairs);

  /** Shape (B, E). */
  NDArray queries(TrainingStep step, Step pairs);
}
