package io.sidestream.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The dropout of GPUs, here on a processor. */
class EngineDropoutTest {
  private static final int COUNT = 100_000;

  private static float[] dropped(Parameters parameters, double rate, int seed) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      return EngineDropout.apply(step.weight("x"), rate, seed).toFloatArray();
    }
  }

  private static Parameters ones() {
    Parameters parameters = new Parameters();
    parameters.constant("x", 1, COUNT);
    return parameters;
  }

  @Test
  void apply_rate_zeroesThatShareAndScalesTheRest() {
    try (Parameters parameters = ones()) {
      float[] dropped = dropped(parameters, 0.3, 5);
      int zeros = 0;
      for (float value : dropped) {
        zeros += value == 0 ? 1 : 0;
        assertEquals(value == 0 ? 0 : 1 / 0.7, value, 1e-6);
      }
      assertEquals(0.3, (double) zeros / COUNT, 0.01);
    }
  }

  @Test
  void apply_sameSeed_sameMask() {
    try (Parameters parameters = ones()) {
      float[] first = dropped(parameters, 0.5, 5);
      dropped(parameters, 0.5, 6);
      assertArrayEquals(first, dropped(parameters, 0.5, 5));
      assertFalse(Arrays.equals(first, dropped(parameters, 0.5, 6)));
    }
  }

  @Test
  void apply_inAGraph_passesGradientsWhereItPassed() {
    try (Parameters parameters = ones();
        TrainingStep step = TrainingStep.learning(parameters)) {
      var dropped = EngineDropout.apply(step.weight("x"), 0.5, 9);
      step.backward(dropped.sum());
      assertArrayEquals(dropped.toFloatArray(), step.gradients().get("x").toFloatArray());
    }
  }
}
