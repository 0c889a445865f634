package io.sidestream.learning.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Weights that move at once, as on a GPU, beside weights that move one by one. */
class FlatAdamWTest {
  private static final AdamW.Settings SETTINGS = new AdamW.Settings(0.9, 0.98, 1e-8, 0.1, 0.5);
  private static final Map<String, AdamW.Pace> PACES = Map.of("table", new AdamW.Pace(3, 0.02));
  private static final String[] ALL = {"matrix", "table", "vector", "other"};

  /** Two units in the last place of weights around 1: the norm is summed in another order. */
  private static final float CLOSE = 2.5e-7f;

  private static Parameters parameters() {
    Parameters parameters = new Parameters();
    SplittableRandom random = new SplittableRandom(3);
    parameters.normal("matrix", 0.3, random, 5, 7);
    parameters.normal("table", 0.3, random, 9, 3);
    parameters.normal("vector", 0.3, random, 11);
    parameters.normal("other", 0.3, random, 4, 6);
    return parameters;
  }

  private static NDArray loss(TrainingStep step, int at, String... names) {
    NDArray sum = step.floats(new float[1]);
    for (String name : names) {
      NDArray weight = step.weight(name);
      sum = SafeMath.multiply(weight.add(Tensors.scalar(weight, at)).square().sum(), 0.7).add(sum);
    }
    return sum;
  }

  private static void learn(Parameters parameters, AdamW optimizer, IntFunction<String[]> used) {
    for (int at = 0; at < 6; at++) {
      try (TrainingStep step = TrainingStep.learning(parameters)) {
        step.backward(loss(step, at, used.apply(at)));
        optimizer.apply(step, 0.01 * (at + 1));
      }
    }
  }

  private static void assertSame(IntFunction<String[]> used) {
    try (Parameters one = parameters();
        Parameters other = parameters();
        AdamW each = new AdamW(one, SETTINGS, PACES, false);
        AdamW all = new AdamW(other, SETTINGS, PACES, true)) {
      learn(one, each, used);
      learn(other, all, used);
      for (String name : ALL) {
        assertArrayEquals(one.floats(name), other.floats(name), CLOSE, name);
        assertArrayEquals(one.shape(name), other.shape(name));
      }
    }
  }

  @Test
  void apply_allWeights_equalsOneByOne() {
    assertSame(at -> ALL);
  }

  /** What a step leaves out does not move, nor do its moments. */
  @Test
  void apply_stepsThatUseFewer_equalsOneByOne() {
    assertSame(at -> at % 2 == 0 ? ALL : new String[] {"matrix", "vector"});
  }

  /** The first step decides which weights lie together; others move by themselves. */
  @Test
  void apply_laterStepsThatUseMore_equalsOneByOne() {
    assertSame(at -> at < 3 ? new String[] {"table", "vector"} : ALL);
  }

  @Test
  void apply_weightReplacedBetweenSteps_movesOnFromTheOther() {
    try (Parameters one = parameters();
        Parameters other = parameters();
        AdamW each = new AdamW(one, SETTINGS, PACES, false);
        AdamW all = new AdamW(other, SETTINGS, PACES, true)) {
      for (int round = 0; round < 2; round++) {
        learn(one, each, at -> ALL);
        learn(other, all, at -> ALL);
        float[] fresh = new float[11];
        fresh[4] = 2;
        one.replace("vector", fresh);
        other.replace("vector", fresh);
      }
      learn(one, each, at -> ALL);
      learn(other, all, at -> ALL);
      for (String name : ALL) {
        assertArrayEquals(one.floats(name), other.floats(name), CLOSE, name);
      }
    }
  }

  @Test
  void apply_gradientsNotFinite_isRefused() {
    try (Parameters parameters = new Parameters();
        AdamW optimizer = new AdamW(parameters, SETTINGS, Map.of(), true);
        TrainingStep step = TrainingStep.learning(parameters)) {
      parameters.add("w", new float[] {0, 1}, 2);
      step.backward(step.weight("w").sqrt().sum());
      assertThrows(IllegalArgumentException.class, () -> optimizer.apply(step, 0.01));
    }
  }

  @Test
  void steps_many_leaveNothingBehind() {
    try (Parameters parameters = parameters();
        AdamW optimizer = new AdamW(parameters, SETTINGS, PACES, true)) {
      learn(parameters, optimizer, at -> ALL);
      int managed = parameters.manager().getManagedArrays().size();
      learn(parameters, optimizer, at -> ALL);
      assertEquals(managed, parameters.manager().getManagedArrays().size());
    }
  }

  @Test
  void moved_weightsOfAnOptimizer_areCopied() {
    try (Parameters parameters = parameters();
        AdamW optimizer = new AdamW(parameters, SETTINGS, PACES, true)) {
      learn(parameters, optimizer, at -> ALL);
      float[] learned = parameters.floats("matrix");
      try (Parameters copy = parameters.moved()) {
        assertArrayEquals(learned, copy.floats("matrix"));
        assertEquals(parameters.names(), copy.names());
      }
    }
  }
}
