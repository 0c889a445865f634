package io.sidestream.learning.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sidestream.learning.tensor.AdamW;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.Dropout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SequenceNetworkTest {
  private final Planted planted = new Planted(2, 4);

  private Parameters parameters() {
    Parameters parameters =
        SequenceParameters.fill(
            new Parameters(), planted.shape, Planted.ITEMS, new SplittableRandom(3));
    for (String name : parameters.names()) {
      float[] values = parameters.floats(name);
      SplittableRandom random = new SplittableRandom(name.hashCode());
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (random.nextDouble() - 0.5) / 4;
      }
      parameters.replace(name, values); // so that nothing is 0
    }
    return parameters;
  }

  private PositionBatch batch(int[]... sequences) {
    return PositionBatch.histories(
        List.of(sequences),
        Arrays.stream(sequences).mapToInt(rows -> rows.length).toArray(),
        planted.items,
        planted.vocabulary,
        PositionBatch.Dropped.NONE);
  }

  private float[] states(Parameters parameters, PositionBatch batch) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      return new SequenceNetwork(planted.shape, planted.items, step, Dropout.NONE)
          .states(batch)
          .toFloatArray();
    }
  }

  @Test
  void states_laterEventChanges_earlierPositionsStay() {
    try (Parameters parameters = parameters()) {
      int model = planted.shape.modelDimensions();
      float[] one = states(parameters, batch(new int[] {1, 2, 3, 4}));
      float[] other = states(parameters, batch(new int[] {1, 2, 9, 4}));
      assertArrayEquals(Arrays.copyOf(one, 2 * model), Arrays.copyOf(other, 2 * model));
      assertFalse(Arrays.equals(other, 2 * model, 4 * model, one, 2 * model, 4 * model));
    }
  }

  @Test
  void states_besideALongerSequence_stayTheSame() {
    try (Parameters parameters = parameters()) {
      int model = planted.shape.modelDimensions();
      float[] alone = states(parameters, batch(new int[] {1, 2}));
      float[] padded = states(parameters, batch(new int[] {1, 2}, new int[] {5, 6, 7, 8}));
      for (int i = 0; i < 2 * model; i++) {
        assertEquals(alone[i], padded[i], 1e-5f);
      }
    }
  }

  @Test
  void backward_bothTasks_reachesEveryWeight() {
    Map<String, float[]> before = new TreeMap<>();
    try (Parameters parameters = parameters();
        AdamW optimizer = new AdamW(parameters, AdamW.Settings.withDecay(0))) {
      parameters.names().forEach(name -> before.put(name, parameters.floats(name)));
      int[] rows = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
      try (TrainingStep step = TrainingStep.learning(parameters)) {
        var network = new SequenceNetwork(planted.shape, planted.items, step, Dropout.NONE);
        var histories = network.states(batch(rows));
        var searches =
            network.states(
                PositionBatch.searches(
                    List.of(planted.search(1)), planted.vocabulary, PositionBatch.Dropped.NONE));
        var loss =
            network
                .logLikelihood(histories, rows, PositionBatch.Dropped.NONE)
                .sum()
                .add(
                    network
                        .logLikelihood(searches, new int[] {1, 2, 3}, PositionBatch.Dropped.NONE)
                        .sum())
                .neg();
        step.backward(loss);
        optimizer.apply(step, 1e-2);
      }
      before.forEach(
          (name, values) -> assertFalse(Arrays.equals(values, parameters.floats(name)), name));
    }
  }
}
