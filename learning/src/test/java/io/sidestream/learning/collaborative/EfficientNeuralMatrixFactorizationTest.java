package io.sidestream.learning.collaborative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.collaborative.EfficientNeuralMatrixFactorization.Settings;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.FiniteDifferences;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.Tensors;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EfficientNeuralMatrixFactorizationTest {
  private static final double NEGATIVE_WEIGHT = 0.2;
  private static final long[] POSITIONS = {0, 0, 1, 2, 2, 2};
  private static final long[] ROWS = {1, 4, 4, 0, 2, 3};
  private static final Settings SETTINGS = new Settings(16, 0.1, 0.2, 40, 16, 0.05);
  private static final int[][] HISTORIES = Blocks.histories(60, 40, 3);
  private static final ImplicitFeedback FEEDBACK = ImplicitFeedback.of(40, HISTORIES);

  @Test
  void loss_byGramMatrices_isTheSumOverAllPairs() {
    try (Parameters parameters = new Parameters()) {
      fill(parameters);
      float[] users = parameters.floats(NonSamplingLoss.USERS);
      float[] items = parameters.floats(NonSamplingLoss.ITEMS);
      float[] layer = parameters.floats(NonSamplingLoss.LAYER);
      double naive = 0;
      for (int user = 0; user < 3; user++) {
        for (int item = 0; item < 5; item++) {
          double score = 0;
          for (int d = 0; d < 4; d++) {
            score += layer[d] * users[user * 4 + d] * items[item * 4 + d];
          }
          naive += met(user, item) ? (1 - score) * (1 - score) : NEGATIVE_WEIGHT * score * score;
        }
      }
      try (TrainingStep step = TrainingStep.computing(parameters)) {
        assertEquals(naive, Tensors.number(loss(step)), 1e-4 * naive);
      }
    }
  }

  @Test
  void loss_gradients_areThoseOfFiniteDifferences() {
    try (Parameters parameters = FiniteDifferences.parameters()) {
      fill(parameters);
      FiniteDifferences.check(parameters, EfficientNeuralMatrixFactorizationTest::loss);
    }
  }

  @Test
  void learn_groups_ranksWhatWasLeftOutAboveOtherGroups() {
    Factorization learned = learn(FEEDBACK, SETTINGS, 1);
    double share = Blocks.heldOutAboveOthers(learned, HISTORIES);
    assertTrue(share > 0.98, share + " of held-out items rank above all of other groups");
    assertTrue(learned.losses().get(39) < learned.losses().get(0) / 2, learned.losses().toString());
  }

  @Test
  void learn_twice_givesEqualBits() {
    Factorization one = learn(FEEDBACK, SETTINGS, 9);
    Factorization other = learn(FEEDBACK, SETTINGS, 9);
    assertEquals(one.losses(), other.losses());
    for (int item = 0; item < FEEDBACK.items(); item++) {
      assertArrayEquals(one.items()[item], other.items()[item], 0);
    }
  }

  @Test
  void learn_withoutEvents_givesZeros() {
    ImplicitFeedback some = ImplicitFeedback.of(4, new int[][] {{1, 2}, {}, {2}});
    Factorization learned = learn(some, SETTINGS, 1);
    assertArrayEquals(new float[16], learned.items()[0]);
    assertArrayEquals(new float[16], learned.users()[1]);
    assertTrue(learned.items()[1][0] != 0);
    Factorization nothing = learn(ImplicitFeedback.of(2, new int[1][0]), SETTINGS, 1);
    assertArrayEquals(new float[16], nothing.items()[1]);
    assertEquals(1, nothing.users().length);
  }

  @Test
  void learn_moreEventsThanAStepHolds_takesSeveralSteps() {
    int[] all = IntStream.range(0, EfficientNeuralMatrixFactorization.MAX_STEP_PAIRS).toArray();
    int[][] histories = {all, {0, 1, 2}};
    Settings small = new Settings(1, 0.1, 0, 1, 16, 0.05);
    Factorization learned = learn(ImplicitFeedback.of(all.length, histories), small, 1);
    assertEquals(all.length + 3, learned.losses().get(0), 100);
  }

  @Test
  void settings_beyondTheLimits_areRefused() {
    int most = EfficientNeuralMatrixFactorization.MAX_DIMENSIONS;
    int longest = EfficientNeuralMatrixFactorization.MAX_EPOCHS;
    assertEquals(most, new Settings(most, 1, 0, longest, 1, 1).dimensions());
    refused(() -> new Settings(most + 1, 1, 0, 1, 1, 1));
    refused(() -> new Settings(4, 1, 0, longest + 1, 1, 1));
    refused(() -> new Settings(4, 0, 0, 1, 1, 1));
    refused(() -> new Settings(4, 1, 1, 1, 1, 1));
    refused(() -> new Settings(4, 1, 0, 1, 0, 1));
    refused(() -> new Settings(4, 1, 0, 1, 1, 0));
  }

  private static void refused(Runnable making) {
    assertThrows(IllegalArgumentException.class, making::run);
  }

  private static Factorization learn(ImplicitFeedback feedback, Settings settings, long seed) {
    return new EfficientNeuralMatrixFactorization(settings)
        .learn(feedback, seed, TrainingProgress.NONE);
  }

  private static void fill(Parameters parameters) {
    SplittableRandom random = new SplittableRandom(5);
    parameters.normal(NonSamplingLoss.USERS, 1, random, 3, 4);
    parameters.normal(NonSamplingLoss.ITEMS, 1, random, 5, 4);
    parameters.normal(NonSamplingLoss.LAYER, 1, random, 4);
  }

  private static NDArray loss(TrainingStep step) {
    NDArray users = step.weight(NonSamplingLoss.USERS);
    return NonSamplingLoss.of(step, users, POSITIONS, ROWS, NEGATIVE_WEIGHT);
  }

  private static boolean met(int user, int item) {
    return IntStream.range(0, ROWS.length).anyMatch(i -> POSITIONS[i] == user && ROWS[i] == item);
  }
}
