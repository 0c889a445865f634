package io.sidestream.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdamWTest {
  private static final AdamW.Settings SETTINGS = new AdamW.Settings(0.9, 0.98, 1e-8, 0.1, 0.5);

  /** Three steps against a plain Java version, in doubles. */
  @Test
  void apply_threeSteps_equalsPlainJava() {
    double[] weight = {1, -2, 3, 0.5};
    double[] mean = new double[4];
    double[] square = new double[4];
    try (Parameters parameters = FiniteDifferences.parameters()) {
      parameters.add("w", new float[] {1, -2, 3, 0.5f}, 2, 2);
      try (AdamW optimizer = new AdamW(parameters, SETTINGS)) {
        for (int t = 1; t <= 3; t++) {
          try (TrainingStep step = TrainingStep.learning(parameters)) {
            step.backward(halfSquare(step));
            optimizer.apply(step, 0.01);
          }
          plainStep(weight, mean, square, t, 0.01);
        }
      }
      float[] learned = parameters.floats("w");
      for (int i = 0; i < weight.length; i++) {
        assertEquals(weight[i], learned[i], 1e-6);
      }
    }
  }

  private static NDArray halfSquare(TrainingStep step) {
    return SafeMath.divide(step.weight("w").square().sum(), 2);
  }

  private static void plainStep(
      double[] weight, double[] mean, double[] square, int t, double learningRate) {
    double norm = 0;
    for (double w : weight) {
      norm += w * w;
    }
    double clip = Math.min(1, 0.5 / Math.sqrt(norm));
    for (int i = 0; i < weight.length; i++) {
      double gradient = weight[i] * clip;
      mean[i] = 0.9 * mean[i] + 0.1 * gradient;
      square[i] = 0.98 * square[i] + 0.02 * gradient * gradient;
      double m = mean[i] / (1 - Math.pow(0.9, t));
      double v = square[i] / (1 - Math.pow(0.98, t));
      weight[i] = weight[i] * (1 - learningRate * 0.1) - learningRate * m / (Math.sqrt(v) + 1e-8);
    }
  }

  @Test
  void apply_frozenWeight_staysAndVectorsDoNotDecay() {
    try (Parameters parameters = new Parameters();
        AdamW optimizer = new AdamW(parameters, SETTINGS)) {
      parameters.add("frozen", new float[] {2}, 1);
      parameters.add("vector", new float[] {3}, 1);
      try (TrainingStep step = TrainingStep.learning(parameters, "vector"::equals)) {
        NDArray loss = SafeMath.multiply(step.weight("vector"), 0).add(step.weight("frozen"));
        step.backward(loss.sum());
        optimizer.apply(step, 0.5);
      }
      assertArrayEquals(new float[] {2}, parameters.floats("frozen"));
      assertArrayEquals(new float[] {3}, parameters.floats("vector"));
    }
  }

  @Test
  void apply_weightWithItsOwnPace_movesAndDecaysByIt() {
    Map<String, AdamW.Pace> paces = Map.of("quick", new AdamW.Pace(3, 0.2));
    try (Parameters parameters = FiniteDifferences.parameters();
        AdamW optimizer = new AdamW(parameters, SETTINGS, paces)) {
      parameters.add("quick", new float[] {1}, 1, 1);
      parameters.add("usual", new float[] {1}, 1, 1);
      try (TrainingStep step = TrainingStep.learning(parameters)) {
        step.backward(step.weight("quick").add(step.weight("usual")).sum());
        optimizer.apply(step, 0.01);
      }
      assertEquals(1 - 0.01 * 0.1 - 0.01, parameters.floats("usual")[0], 1e-6);
      assertEquals(1 - 0.03 * 0.2 - 0.03, parameters.floats("quick")[0], 1e-6);
    }
  }

  /** A view of a collected Java buffer would turn these gradients wrong. */
  @Test
  void backward_garbageCollectedBetween_givesTheSameGradients() {
    try (Parameters parameters = new Parameters()) {
      parameters.normal("w", 1, new SplittableRandom(1), 64, 64);
      float[] expected = gradient(parameters, false);
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(expected, gradient(parameters, true));
      }
    }
  }

  private static float[] gradient(Parameters parameters, boolean collect) {
    try (TrainingStep step = TrainingStep.learning(parameters)) {
      float[] input = new float[64 * 64];
      Arrays.fill(input, 0.5f);
      NDArray x = step.floats(input, 64, 64).matMul(step.weight("w"));
      NDArray y = SafeMath.divide(SafeMath.multiply(x, 0.3).square(), 4).sum();
      if (collect) {
        System.gc();
      }
      step.backward(y);
      return step.gradients().get("w").toFloatArray();
    }
  }

  @Test
  void parameters_sameSeed_areTheSame() {
    try (Parameters one = new Parameters();
        Parameters two = new Parameters()) {
      one.normal("w", 0.5, new SplittableRandom(9), 50, 40);
      two.normal("w", 0.5, new SplittableRandom(9), 50, 40);
      assertArrayEquals(one.floats("w"), two.floats("w"));
      double square = 0;
      for (float value : one.floats("w")) {
        square += value * value;
      }
      assertEquals(0.5, Math.sqrt(square / 2000), 0.03);
    }
  }

  @Test
  void steps_many_leaveNothingBehind() {
    try (Parameters parameters = new Parameters();
        AdamW optimizer = new AdamW(parameters, SETTINGS)) {
      parameters.normal("w", 1, new SplittableRandom(1), 4, 4);
      int[] managed = new int[4];
      for (int i = 0; i < managed.length; i++) {
        try (TrainingStep step = TrainingStep.learning(parameters)) {
          step.backward(halfSquare(step));
          optimizer.apply(step, 0.01);
        }
        managed[i] = parameters.manager().getManagedArrays().size();
      }
      assertEquals(managed[0], managed[3]);
    }
  }

  @Test
  void learningRate_schedules_riseAndFall() {
    LearningRate cosine = LearningRate.cosine(0.1, 10, 110);
    assertEquals(0.01, cosine.at(0), 1e-12);
    assertEquals(0.1, cosine.at(10), 1e-12);
    assertEquals(0.05, cosine.at(60), 1e-12);
    assertEquals(0, cosine.at(110), 1e-12);
  }
}
