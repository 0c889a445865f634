package io.sidestream.experiments.baselines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EaseTest {
  private static final List<Integer> HISTORY = List.of(2, 0, 5);

  /** More items than people and the other way round. */
  @ParameterizedTest
  @ValueSource(ints = {5, 40})
  void scores_byMatrixOfPeople_areThoseOfTheItemsInverse(int people) {
    int[][] x = TinyCases.matrix(people, 12, 7);
    float[] scores =
        new Ease(TinyCases.meetings(x), 3.5).scores(TinyCases.recommendation(HISTORY, 1));

    double[] expected = naive(x, 3.5, HISTORY);

    for (int row = 0; row < expected.length; row++) {
      if (!HISTORY.contains(row)) {
        assertEquals(expected[row], scores[row], 1e-5, "row " + row);
      }
    }
  }

  @Test
  void scores_nobodyMetIt_isZero() {
    int[][] x = TinyCases.matrix(6, 4, 1);
    for (int[] person : x) {
      person[3] = 0;
    }

    float[] scores =
        new Ease(TinyCases.meetings(x), 1).scores(TinyCases.recommendation(List.of(0), 3));

    assertEquals(0, scores[3]);
  }

  @Test
  void new_morePeopleThanTheLimit_takesThemEvenly() {
    List<int[]> met = new ArrayList<>();
    for (int person = 0; person < 10; person++) {
      met.add(new int[] {person});
    }

    InteractionMatrix some = InteractionMatrix.of(10, met).atMost(5);

    assertEquals(5, some.persons());
    assertEquals(0, some.items(0)[0]);
    assertEquals(8, some.items(4)[0]);
  }

  @Test
  void new_peopleBeyondTheMost_areLeftOut() {
    int all = Ease.MAX_PEOPLE + 1;
    InteractionMatrix most =
        InteractionMatrix.of(1, Collections.nCopies(all, new int[] {0})).atMost(Ease.MAX_PEOPLE);

    assertEquals(Ease.MAX_PEOPLE, most.persons());
  }

  @Test
  void new_noPenalty_isRefused() {
    InteractionMatrix meetings = TinyCases.meetings(TinyCases.matrix(3, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> new Ease(meetings, 0));
  }

  @Test
  void scores_query_isRefused() {
    Ease ease = new Ease(TinyCases.meetings(TinyCases.matrix(3, 3, 1)), 1);
    assertThrows(IllegalArgumentException.class, () -> ease.scores(TinyCases.search("up", 0)));
  }

  /** x B with B = I - P diag(1 / diag P), P the inverse of X^T X + penalty. */
  private static double[] naive(int[][] x, double penalty, List<Integer> history) {
    int n = x[0].length;
    double[][] gram = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram[i][j] = i == j ? penalty : 0;
        for (int[] person : x) {
          gram[i][j] += person[i] * person[j];
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
