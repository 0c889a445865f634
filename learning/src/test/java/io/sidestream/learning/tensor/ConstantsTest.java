package io.sidestream.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Test;

class ConstantsTest {
  private final Constants constants = new Constants(3);

  @Test
  void of_sameNumber_isMadeOnce() {
    NDArray half = constants.of(DataType.FLOAT32, 0.5).orElseThrow();
    assertSame(half, constants.of(DataType.FLOAT32, 0.5).orElseThrow());
    assertEquals(0.5, Tensors.number(half));
    assertEquals(0.5, Tensors.number(constants.of(DataType.FLOAT64, 0.5).orElseThrow()));
  }

  @Test
  void of_numberInAGraph_outlivesTheStep() {
    NDArray third = constants.of(DataType.FLOAT32, 1 / 3.0).orElseThrow();
    try (Parameters parameters = new Parameters()) {
      parameters.add("w", new float[] {1, 2}, 2);
      for (int i = 0; i < 2; i++) {
        try (TrainingStep step = TrainingStep.learning(parameters)) {
          step.backward(step.weight("w").mul(third).sum());
          float[] gradient = step.gradients().get("w").toFloatArray();
          assertArrayEquals(new float[] {1 / 3f, 1 / 3f}, gradient);
        }
      }
    }
  }

  @Test
  void of_moreThanAreKept_isAbsent() {
    NDArray one = constants.of(DataType.FLOAT32, 1).orElseThrow();
    constants.of(DataType.FLOAT32, 2);
    constants.of(DataType.FLOAT32, 3);
    assertTrue(constants.of(DataType.FLOAT32, 4).isEmpty());
    assertSame(one, constants.of(DataType.FLOAT32, 1).orElseThrow());
  }
}
