package io.sidestream.experiments.baselines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class DenseTest {
  private static final float[][] ITEMS = {{2, 0}, {0, 3}, {0, 0}, {4, 3}};

  @Test
  void scores_query_areCosines() {
    Dense dense = new Dense(ITEMS, query -> new float[] {0, 5}, 5);
    assertArrayEquals(new float[] {0, 1, 0, 0.6f}, dense.scores(TinyCases.search("up", 0)), 1e-6f);
  }

  @Test
  void scores_history_areCosinesWithTheMeanOfTheNewest() {
    Dense dense = new Dense(ITEMS, query -> new float[2], 2);
    float half = (float) Math.sqrt(0.5);
    assertArrayEquals(
        new float[] {half, half, 0, 1.4f * half},
        dense.scores(TinyCases.recommendation(List.of(3, 0, 1), 2)),
        1e-6f);
  }

  @Test
  void scores_queryOfOtherWidth_isRefused() {
    Dense dense = new Dense(ITEMS, query -> new float[3], 2);
    assertThrows(IllegalArgumentException.class, () -> dense.scores(TinyCases.search("up", 0)));
  }
}
