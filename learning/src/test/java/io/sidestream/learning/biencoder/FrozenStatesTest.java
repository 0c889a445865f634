package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FrozenStatesTest {
  private static final long[][] PIECES = {{101, 3185, 102}, {101, 1037, 3959, 102}, {101, 102}};

  private static Parameters parameters;

  @BeforeAll
  static void load() throws Exception {
    parameters = new Parameters();
    PretrainedText.load().addWeights(parameters);
  }

  @AfterAll
  static void close() {
    parameters.close();
  }

  @Test
  void states_moreTextsThanRoom_areTheSameAsWithRoom() {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      float[] kept = twice(states(FrozenStates.MAX_BYTES), step);
      float[] computedAgain = twice(states(0), step);

      assertArrayEquals(kept, computedAgain, 1e-5f);
    }
  }

  @Test
  void states_batch_isPaddedToTheLongest() {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      assertEquals(
          new Shape(2, 4, 384),
          states(FrozenStates.MAX_BYTES).states(step, new int[] {2, 1}).getShape());
    }
  }

  private static FrozenStates states(long room) {
    return new FrozenStates(parameters, PretrainedText.SHAPE, 1, PIECES, room);
  }

  private static float[] twice(FrozenStates states, TrainingStep step) {
    states.states(step, new int[] {0, 1});
    return states.states(step, new int[] {2, 1, 0, 1}).toFloatArray();
  }
}
