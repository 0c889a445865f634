package io.sidestream.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ParametersTest {
  @Test
  void replace_weight_isSeenByTheNextStep() {
    try (Parameters parameters = new Parameters()) {
      parameters.add("w", new float[] {1, 2, 3, 4}, 2, 2);
      parameters.replace("w", new float[] {5, 6, 7, 8});
      assertArrayEquals(new float[] {5, 6, 7, 8}, parameters.floats("w"));
      try (TrainingStep step = TrainingStep.computing(parameters)) {
        assertArrayEquals(new float[] {5, 6, 7, 8}, step.weight("w").toFloatArray());
      }
    }
  }

  @Test
  void replace_otherSizeOrName_isRefused() {
    try (Parameters parameters = new Parameters()) {
      parameters.add("w", new float[] {1, 2}, 2);
      assertThrows(IllegalArgumentException.class, () -> parameters.replace("w", new float[3]));
      assertThrows(IllegalArgumentException.class, () -> parameters.replace("v", new float[2]));
    }
  }
}
