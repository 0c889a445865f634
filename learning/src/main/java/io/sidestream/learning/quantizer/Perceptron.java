package io.sidestream.learning.quantizer;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.SplittableRandom;

/**
 * Layers of matrices with rectified linear units between them.
 *
 * @param name before the names of its weights
 * @param widths in, between and out; layer i is a matrix (widths[i], widths[i + 1]) and a shift
 */
record Perceptron(String name, int... widths) {
  Perceptron {
    widths = widths.clone();
  }

  /** He et al. 2015, arXiv 1502.01852: deviation √(2 / inputs). */
  void begin(Parameters parameters, SplittableRandom random) {
    for (int layer = 0; layer + 1 < widths.length; layer++) {
      double deviation = Math.sqrt(2.0 / widths[layer]);
      parameters.normal(matrix(layer), deviation, random, widths[layer], widths[layer + 1]);
      parameters.constant(shift(layer), 0, widths[layer + 1]);
    }
  }

  /** Shapes: x (B, in), result (B, out). */
  NDArray apply(TrainingStep step, NDArray x) {
    NDArray y = x;
    for (int layer = 0; layer + 1 < widths.length; layer++) {
      NDArray into = layer == 0 ? y : SafeMath.relu(y);
      y = into.matMul(step.weight(matrix(layer))).add(step.weight(shift(layer)));
    }
    return y;
  }

  private String matrix(int layer) {
    return name + "." + layer + ".matrix";
  }

  private String shift(int layer) {
    return name + "." + layer + ".shift";
  }
}
