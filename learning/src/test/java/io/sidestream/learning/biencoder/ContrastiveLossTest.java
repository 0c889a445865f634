package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.FiniteDifferences;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContrastiveLossTest {
  private static final double TEMPERATURE = 0.5;

  @Test
  void of_gradients_areThoseOfFiniteDifferences() {
    ContrastiveTargets contrast =
        ContrastiveTargets.of(
            List.of("a", "b", "a"),
            new int[] {0, 1, 3},
            List.of(new int[0], new int[] {2}, new int[0]));
    try (Parameters parameters = FiniteDifferences.parameters()) {
      parameters.normal("anchors", 1, new SplittableRandom(1), 3, 5);
      parameters.normal("items", 1, new SplittableRandom(2), 4, 5);

      FiniteDifferences.check(parameters, step -> loss(step, contrast));
    }
  }

  @Test
  void of_anchorOnItsItemAmongOpposites_isTheSoftmaxByHand() {
    ContrastiveTargets contrast =
        ContrastiveTargets.of(List.of("a"), new int[] {0}, List.of(new int[0]));
    double expected = Math.log(1 + Math.exp(-2 / TEMPERATURE));

    assertEquals(expected, value(contrast, new float[] {1, 0}, new float[] {1, 0, -1, 0}), 1e-6);
  }

  @Test
  void of_secondItemOfTheSameAnchor_isNoNegative() {
    ContrastiveTargets contrast =
        ContrastiveTargets.of(List.of("a", "a"), new int[] {0, 1}, List.of(new int[0], new int[0]));

    assertEquals(0, value(contrast, new float[] {1, 0, 1, 0}, new float[] {1, 0, 1, 0}), 1e-6);
  }

  private static double value(ContrastiveTargets contrast, float[] anchors, float[] items) {
    try (Parameters parameters = FiniteDifferences.parameters()) {
      parameters.add("anchors", anchors, anchors.length / 2, 2);
      parameters.add("items", items, items.length / 2, 2);
      try (TrainingStep step = TrainingStep.learning(parameters)) {
        return step.backward(loss(step, contrast));
      }
    }
  }

  private static NDArray loss(TrainingStep step, ContrastiveTargets contrast) {
    NDArray anchors = SafeMath.unitLength(step.weight("anchors"));
    NDArray items = SafeMath.unitLength(step.weight("items"));
    return ContrastiveLoss.of(
        step, anchors, items, contrast, contrast.falseNegativeMask(step, items), TEMPERATURE);
  }
}
