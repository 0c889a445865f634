package io.sidestream.experiments.baselines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ItemKnnTest {
  @Test
  void scores_newestItems_areSumsOfCosines() {
    int[][] x = TinyCases.matrix(15, 9, 3);
    float[] scores =
        new ItemKnn(TinyCases.feedback(x), 2).scores(TinyCases.recommendation(List.of(8, 4, 1), 0));

    for (int row = 0; row < 9; row++) {
      assertEquals(cosine(x, row, 4) + cosine(x, row, 1), scores[row], 1e-6);
    }
  }

  @Test
  void scores_itemWithoutUsers_isZero() {
    int[][] x = {{1, 1, 0}, {1, 0, 0}};
    float[] scores =
        new ItemKnn(TinyCases.feedback(x), 20).scores(TinyCases.recommendation(List.of(0), 2));
    assertEquals(0, scores[2]);
  }

  private static double cosine(int[][] x, int i, int j) {
    double both = 0;
    double one = 0;
    double other = 0;
    for (int[] user : x) {
      both += user[i] * user[j];
      one += user[i];
      other += user[j];
    }
    return both == 0 ? 0 : both / Math.sqrt(one * other);
  }
}
