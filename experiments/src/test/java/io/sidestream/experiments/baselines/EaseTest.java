package io.sidestream.experiments.baselines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.learning.collaborative.ImplicitFeedback;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EaseTest {
  private static final List<Integer> HISTORY = List.of(2, 0, 5);

  /** More items than users and the other way round. */
  @ParameterizedTest
  @ValueSource(ints = {5, 40})
  void scores_byMatrixOfUsers_areThoseOfTheItemsInverse(int users) {
    int[][] x = TinyCases.matrix(users, 12, 7);
    float[] scores =
        new Ease(TinyCases.feedback(x), 3.5).scores(TinyCases.recommendation(HISTORY, 1));

    double[] expected = naive(x, 3.5, HISTORY);

    for (int row = 0; row < expected.length; row++) {
      if (!HISTORY.contains(row)) {
        assertEquals(expected[row], scores[row], 1e-5, "row " + row);
      }
    }
  }

  @Test
  void scores_itemWithoutUsers_isZero() {
    int[][] x = TinyCases.matrix(6, 4, 1);
    for (int[] user : x) {
      user[3] = 0;
    }

    float[] scores =
        new Ease(TinyCases.feedback(x), 1).scores(TinyCases.recommendation(List.of(0), 3));

    assertEquals(0, scores[3]);
  }

  @Test
  void new_noPenalty_isRefused() {
    ImplicitFeedback feedback = TinyCases.feedback(TinyCases.matrix(3, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> new Ease(feedback, 0));
  }

  @Test
  void scores_query_isRefused() {
    Ease ease = new Ease(TinyCases.feedback(TinyCases.matrix(3, 3, 1)), 1);
    assertThrows(IllegalArgumentException.class, () -> ease.scores(TinyCases.search("up", 0)));
  }

  /** x B with B = I - P diag(1 / diag P), P the inverse of X^T X + penalty. */
  private static double[] naive(int[][] x, double penalty, List<Integer> history) {
    int n = x[0].length;
    double[][] gram = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram[i][j] = i == j ? penalty : 0;
        for (int[] user : x) {
          gram[i][j] += user[i] * user[j];
        }
      }
    }
    DMatrixRMaj p = new DMatrixRMaj(gram);
    CommonOps_DDRM.invert(p);
    double[] scores = new double[n];
    for (int j = 0; j < n; j++) {
      for (int i : history) {
        scores[j] += i == j ? 0 : -p.get(i, j) / p.get(j, j);
      }
    }
    return scores;
  }
}
