package io.sidestream.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SafeMathTest {
  @TestFactory
  Stream<DynamicTest> elementwise_gradient_equalsFiniteDifferences() {
    return Stream.of(
        form("multiply", x -> SafeMath.multiply(x, 1.7)),
        form("divide", x -> SafeMath.divide(x, 1.7)),
        form("squareRoot", x -> SafeMath.squareRoot(x.square(), 1e-3)),
        form("softmax", x -> SafeMath.softmax(x, 1)),
        form("logSoftmax", x -> SafeMath.logSoftmax(x, 1)),
        form("gelu", SafeMath::gelu),
        form("relu", SafeMath::relu),
        form("unitLength", SafeMath::unitLength),
        form("dropout", x -> SafeMath.dropout(x, 0.4, new SplittableRandom(5))));
  }

  private static DynamicTest form(String name, UnaryOperator<NDArray> operation) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try (Parameters parameters = FiniteDifferences.parameters()) {
            parameters.normal("x", 1, new SplittableRandom(1), 3, 4);
            FiniteDifferences.check(
                parameters,
                step -> {
                  NDArray y = operation.apply(step.weight("x"));
                  NDArray slant = step.floats(slant((int) y.size()), y.getShape().getShape());
                  return y.mul(slant).sum();
                });
          }
        });
  }

  /** Different weights per element, so that no gradient hides in a sum. */
  private static float[] slant(int size) {
    float[] slant = new float[size];
    for (int i = 0; i < size; i++) {
      slant[i] = 0.25f * (i % 5) - 0.3f;
    }
    return slant;
  }

  @Test
  void norms_gradients_equalFiniteDifferences() {
    SplittableRandom random = new SplittableRandom(2);
    try (Parameters parameters = FiniteDifferences.parameters()) {
      parameters.normal("x", 1, random, 3, 4);
      parameters.normal("scale", 1, random, 4);
      parameters.normal("shift", 1, random, 4);
      FiniteDifferences.check(
          parameters,
          step -> {
            NDArray scale = step.weight("scale");
            NDArray rms = SafeMath.rootMeanSquareNorm(step.weight("x"), scale, 1e-6);
            NDArray layer = SafeMath.layerNorm(step.weight("x"), scale, step.weight("shift"), 1e-6);
            return rms.add(layer).mul(step.floats(slant(12), 3, 4)).sum();
          });
    }
  }

  @Test
  void lookUp_gradient_equalsFiniteDifferences() {
    try (Parameters parameters = FiniteDifferences.parameters()) {
      parameters.normal("table", 1, new SplittableRandom(3), 5, 2);
      FiniteDifferences.check(
          parameters,
          step -> {
            NDArray at = step.indices(new long[] {4, 1, 1, 0}, 2, 2);
            NDArray rows = SafeMath.lookUp(step.weight("table"), at); // (2, 2, 2)
            return rows.mul(step.floats(slant(8), 2, 2, 2)).sum();
          });
    }
  }

  @Test
  void crossEntropy_gradient_equalsFiniteDifferences() {
    try (Parameters parameters = FiniteDifferences.parameters()) {
      parameters.normal("logits", 1, new SplittableRandom(4), 3, 5);
      FiniteDifferences.check(
          parameters,
          step ->
              SafeMath.crossEntropy(
                  step.weight("logits"),
                  step.indices(new long[] {0, 4, 2}, 3),
                  step.floats(new float[] {1, 0.5f, 2}, 3)));
    }
  }

  @Test
  void crossEntropy_byHand_isTheWeightedMean() {
    try (Parameters parameters = new Parameters();
        TrainingStep step = TrainingStep.computing(parameters)) {
      NDArray loss =
          SafeMath.crossEntropy(
              step.floats(new float[] {0, 0, (float) Math.log(3), 0}, 2, 2),
              step.indices(new long[] {1, 0}, 2),
              step.floats(new float[] {1, 3}, 2));
      assertEquals((Math.log(2) + 3 * Math.log(4.0 / 3)) / 4, Tensors.number(loss), 1e-6);
    }
  }

  @Test
  void contrast_gradient_equalsFiniteDifferences() {
    SplittableRandom random = new SplittableRandom(5);
    try (Parameters parameters = FiniteDifferences.parameters()) {
      parameters.normal("queries", 1, random, 4, 3);
      parameters.normal("items", 1, random, 4, 3);
      FiniteDifferences.check(
          parameters,
          step ->
              SafeMath.contrast(
                  SafeMath.unitLength(step.weight("queries")),
                  SafeMath.unitLength(step.weight("items")),
                  0.2,
                  new long[] {8, 9, 8, 7},
                  new float[] {1, 1, 2, 0.5f}));
    }
  }

  @Test
  void contrast_sameItemTwice_isNoNegative() {
    try (Parameters parameters = new Parameters();
        TrainingStep step = TrainingStep.computing(parameters)) {
      NDArray same = step.floats(new float[] {1, 0, 1, 0}, 2, 2);
      NDArray loss = SafeMath.contrast(same, same, 1, new long[] {3, 3}, new float[] {1, 1});
      assertEquals(0, Tensors.number(loss), 1e-6);
    }
  }

  @Test
  void dropout_rate_keepsTheMean() {
    try (Parameters parameters = new Parameters();
        TrainingStep step = TrainingStep.computing(parameters)) {
      NDArray ones = step.manager().ones(new Shape(100, 200));
      NDArray dropped = SafeMath.dropout(ones, 0.25, new SplittableRandom(6));
      assertEquals(1, dropped.mean().toFloatArray()[0], 0.02);
      assertEquals(0.75 * 20_000, dropped.sign().sum().toFloatArray()[0], 300);
    }
  }

  @Test
  void unitLength_zeroRow_staysZero() {
    try (Parameters parameters = new Parameters();
        TrainingStep step = TrainingStep.computing(parameters)) {
      NDArray unit = SafeMath.unitLength(step.floats(new float[] {0, 0, 3, 4}, 2, 2));
      assertArrayEquals(new float[] {0, 0, 0.6f, 0.8f}, unit.toFloatArray(), 1e-6f);
    }
  }
}
