package io.sidestream.learning.collaborative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.collaborative.AlternatingLeastSquares.Settings;
import io.sidestream.learning.progress.TrainingProgress;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AlternatingLeastSquaresTest {
  private static final Settings SETTINGS = new Settings(6, 5, 0.3, 0.5, 8, 6);
  private static final int[][] HISTORIES = Blocks.histories(24, 32, 3);
  private static final ImplicitFeedback FEEDBACK = ImplicitFeedback.of(32, HISTORIES);

  @Test
  void learn_exactSteps_leaveItemsWhereADenseSolverPutsThem() {
    Factorization learned = learn(FEEDBACK, SETTINGS, 1);
    double[][] users = doubles(learned.users());
    for (int item = 0; item < FEEDBACK.items(); item++) {
      double[] expected = dense(users, confidences(item), SETTINGS);
      for (int d = 0; d < expected.length; d++) {
        assertEquals(expected[d], learned.items()[item][d], 1e-4, "item " + item);
      }
    }
  }

  @Test
  void learn_loss_isTheSumOverAllPairs() {
    Factorization learned = learn(FEEDBACK, SETTINGS, 1);
    double naive = 0;
    for (int user = 0; user < FEEDBACK.users(); user++) {
      naive += pull(learned.users()[user], FEEDBACK.count(user));
      for (int item = 0; item < FEEDBACK.items(); item++) {
        double confidence = confidences(item)[user];
        double missed = (confidence > 1 ? 1 : 0) - Blocks.score(learned, user, item);
        naive += confidence * missed * missed;
      }
    }
    ImplicitFeedback turned = FEEDBACK.transposed();
    for (int item = 0; item < FEEDBACK.items(); item++) {
      naive += pull(learned.items()[item], turned.count(item));
    }
    assertEquals(naive, learned.losses().get(learned.losses().size() - 1), 1e-4 * naive);
  }

  @Test
  void learn_fewSteps_neverRaiseTheLoss() {
    long seed = System.nanoTime();
    System.out.println("learn_fewSteps_neverRaiseTheLoss seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20; round++) {
      ImplicitFeedback feedback = ImplicitFeedback.of(32, Blocks.histories(20, 32, seed + round));
      Settings settings =
          new Settings(8, 1 + random.nextInt(40), 0.1 + random.nextDouble(), 0, 12, 2);
      List<Double> losses = learn(feedback, settings, round).losses();
      for (int i = 1; i < losses.size(); i++) {
        assertTrue(losses.get(i) <= losses.get(i - 1) * (1 + 1e-12), losses.toString());
      }
    }
  }

  @Test
  void learn_groups_ranksWhatWasLeftOutAboveOtherGroups() {
    assertEquals(1, Blocks.heldOutAboveOthers(learn(FEEDBACK, SETTINGS, 1), HISTORIES));
  }

  @Test
  void learn_withoutEvents_givesZeros() {
    Factorization learned = learn(ImplicitFeedback.of(5, new int[][] {{1, 2}, {}, {2, 1}}), 1);
    assertArrayEquals(new float[6], learned.items()[0]);
    assertArrayEquals(new float[6], learned.users()[1]);
    assertTrue(Blocks.score(learned, 0, 1) > 0.5);
    assertEquals(0, learn(ImplicitFeedback.of(0, new int[0][]), 1).items().length);
    assertArrayEquals(new float[6], learn(ImplicitFeedback.of(2, new int[0][]), 1).items()[1]);
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
  void settings_beyondTheLimits_areRefused() {
    int most = AlternatingLeastSquares.MAX_DIMENSIONS;
    int longest = AlternatingLeastSquares.MAX_ITERATIONS;
    assertEquals(most, new Settings(most, 1, 1, 1, longest, most).dimensions());
    refused(() -> new Settings(most + 1, 1, 1, 0, 1, 1));
    refused(() -> new Settings(4, 1, 1, 0, longest + 1, 1));
    refused(() -> new Settings(4, 0, 1, 0, 1, 1));
    refused(() -> new Settings(4, 1, 0, 0, 1, 1));
    refused(() -> new Settings(4, 1, 1, 1.1, 1, 1));
    refused(() -> new Settings(4, 1, 1, 0, 1, 5));
  }

  private static void refused(Runnable making) {
    assertThrows(IllegalArgumentException.class, making::run);
  }

  private static Factorization learn(ImplicitFeedback feedback, long seed) {
    return learn(feedback, SETTINGS, seed);
  }

  private static Factorization learn(ImplicitFeedback feedback, Settings settings, long seed) {
    return new AlternatingLeastSquares(settings).learn(feedback, seed, TrainingProgress.NONE);
  }

  private static double[] confidences(int item) {
    double[] confidences = new double[FEEDBACK.users()];
    for (int user = 0; user < confidences.length; user++) {
      int own = item;
      boolean met = Arrays.stream(HISTORIES[user]).anyMatch(row -> row == own);
      confidences[user] = 1 + (met ? SETTINGS.alpha() : 0);
    }
    return confidences;
  }

  private static double pull(float[] vector, int events) {
    double sum = 0;
    for (float value : vector) {
      sum += value * value;
    }
    return sum * SETTINGS.regularization() * Math.pow(events, SETTINGS.frequencyPower());
  }

  /** (YᵀCY + pull) x = YᵀCp by Gauss-Jordan elimination over all rows of Y. */
  private static double[] dense(double[][] y, double[] confidences, Settings settings) {
    int n = settings.dimensions();
    double[][] a = new double[n][n + 1];
    int events = 0;
    for (int row = 0; row < y.length; row++) {
      events += confidences[row] > 1 ? 1 : 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          a[i][j] += confidences[row] * y[row][i] * y[row][j];
        }
        a[i][n] += confidences[row] > 1 ? confidences[row] * y[row][i] : 0;
      }
    }
    for (int i = 0; i < n; i++) {
      a[i][i] += settings.regularization() * Math.pow(events, settings.frequencyPower());
    }
    for (int i = 0; i < n; i++) {
      for (int row = 0; row < n; row++) {
        double times = row == i ? 0 : a[row][i] / a[i][i];
        for (int j = 0; j <= n; j++) {
          a[row][j] -= times * a[i][j];
        }
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = a[i][n] / a[i][i];
    }
    return solution;
  }

  private static double[][] doubles(float[][] vectors) {
    double[][] doubles = new double[vectors.length][vectors[0].length];
    for (int row = 0; row < vectors.length; row++) {
      for (int d = 0; d < vectors[row].length; d++) {
        doubles[row][d] = vectors[row][d];
      }
    }
    return doubles;
  }
}
