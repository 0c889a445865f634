package io.sidestream.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;

class AdagradTest {
  @Test
  void apply_threeSteps_equalsTheFormula() {
    double[] expected = {2, -1, 0};
    double[] sums = {1e-8, 1e-8, 1e-8};
    try (Parameters parameters = new Parameters();
        Adagrad adagrad = new Adagrad(parameters)) {
      parameters.add("w", new float[] {2, -1, 0}, 3);
      for (int i = 0; i < 3; i++) {
        step(parameters, adagrad);
        for (int d = 0; d < 3; d++) {
          double gradient = 2 * expected[d];
          sums[d] += gradient * gradient;
          expected[d] -= 0.1 * gradient / Math.sqrt(sums[d]);
        }
      }
      float[] found = parameters.floats("w");
      for (int d = 0; d < 3; d++) {
        assertEquals(expected[d], found[d], 1e-6);
      }
    }
  }

  @Test
  void apply_noGradient_movesNothing() {
    try (Parameters parameters = new Parameters();
        Adagrad adagrad = new Adagrad(parameters)) {
      parameters.add("w", new float[] {0, 0}, 2);
      step(parameters, adagrad);
      assertArrayEquals(new float[2], parameters.floats("w"));
    }
  }

  @Test
  void apply_gradientThatIsNoNumber_isRefused() {
    try (Parameters parameters = new Parameters();
        Adagrad adagrad = new Adagrad(parameters)) {
      parameters.add("w", new float[] {Float.NaN}, 1);
      assertThrows(IllegalArgumentException.class, () -> step(parameters, adagrad));
    }
  }

  private static void step(Parameters parameters, Adagrad adagrad) {
    try (TrainingStep step = TrainingStep.learning(parameters)) {
      NDArray loss = step.weight("w").square().sum();
      step.backward(loss);
      adagrad.apply(step, 0.1);
    }
  }
}
