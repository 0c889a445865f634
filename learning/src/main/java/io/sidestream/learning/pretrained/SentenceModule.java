package io.sidestream.learning.pretrained;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.generator.OnnxGraph;
import io.sidestream.learning.tensor.NamedWeights;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.Map;

/** A step from a text's pooled vector to its last: vectors (B, E) to vectors (B, E or another). */
sealed interface SentenceModule {
  NDArray of(TrainingStep step, NDArray x);

  /** The same as nodes. */
  String of(OnnxGraph graph, NamedWeights parameters, String x);

  /** Scales to length 1. */
  record Normalize() implements SentenceModule {
    private static final float SMALLEST_NORM = 1e-12f;

    @Override
    public NDArray of(TrainingStep step, NDArray x) {
      return SafeMath.unitLength(x);
    }

    @Override
    public String of(OnnxGraph graph, NamedWeights parameters, String x) {
      String norm =
          graph.node("ReduceL2", Map.of("axes", new long[] {-1}, "keepdims", 1), x); // (B, 1)
      return graph.node("Div", x, graph.node("Max", norm, graph.scalar(SMALLEST_NORM)));
    }
  }

  /**
   * A linear layer.
   *
   * @param name its folder, before the names of its weights
   * @param tanh whether the tangent hyperbolic follows; nothing otherwise
   */
  record Dense(String name, int in, int out, boolean bias, boolean tanh) implements SentenceModule {
    /** Shape (out, in). */
    String matrix() {
      return name + ".linear.weight";
    }

    /** Shape (out). */
    String shift() {
      return name + ".linear.bias";
    }

    @Override
    public NDArray of(TrainingStep step, NDArray x) {
      NDArray product = x.matMul(step.weight(matrix()).transpose());
      NDArray shifted = bias ? product.add(step.weight(shift())) : product;
      return tanh ? shifted.tanh() : shifted;
    }

    @Override
    public String of(OnnxGraph graph, NamedWeights parameters, String x) {
      float[] matrix = T5GraphWeights.transposed(parameters.floats(matrix()), in);
      String product = graph.node("MatMul", x, graph.weight(matrix(), matrix, in, out));
      String shifted =
          bias
              ? graph.node("Add", product, graph.weight(shift(), parameters.floats(shift()), out))
              : product;
      return tanh ? graph.node("Tanh", shifted) : shifted;
    }
  }
}
