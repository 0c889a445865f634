package io.sidestream.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Compares the gradients of a loss with how the loss changes when a weight is moved, in doubles.
 */
public final class FiniteDifferences {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;
  private static final int SAMPLES = 12;

  private FiniteDifferences() {}

  /** Weights precise enough to be checked. */
  public static Parameters parameters() {
    return new Parameters(DataType.FLOAT64);
  }

  /** Checks a sample of each weight; the loss has shape () and must not draw random numbers. */
  public static void check(Parameters parameters, Function<TrainingStep, NDArray> loss) {
    SplittableRandom random = new SplittableRandom(7);
    try (TrainingStep step = TrainingStep.learning(parameters)) {
      step.backward(loss.apply(step));
      Map<String, NDArray> gradients = step.gradients();
      assertEquals(parameters.names(), gradients.keySet(), "weights that the loss depends on");
      gradients.forEach(
          (name, gradient) ->
              checkSample(parameters, loss, name, gradient.toDoubleArray(), random));
    }
  }

  private static void checkSample(
      Parameters parameters,
      Function<TrainingStep, NDArray> loss,
      String name,
      double[] gradient,
      SplittableRandom random) {
    for (int i = 0; i < SAMPLES; i++) {
      int at = random.nextInt(gradient.length);
      double slope = slope(parameters, loss, name, at);
      double allowed = TOLERANCE * Math.max(1, Math.abs(slope));
      assertEquals(slope, gradient[at], allowed, name + " at " + at);
    }
  }

  private static double slope(
      Parameters parameters, Function<TrainingStep, NDArray> loss, String name, int at) {
    parameters.nudge(name, at, STEP);
    double above = value(parameters, loss);
    parameters.nudge(name, at, -2 * STEP);
    double below = value(parameters, loss);
    parameters.nudge(name, at, STEP);
    return (above - below) / (2 * STEP);
  }

  private static double value(Parameters parameters, Function<TrainingStep, NDArray> loss) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      return Tensors.number(loss.apply(step));
    }
  }
}
