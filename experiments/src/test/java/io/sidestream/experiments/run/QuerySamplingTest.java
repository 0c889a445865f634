package io.sidestream.experiments.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.examples.QueryPool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuerySamplingTest {
  private static final long SEED = 3;
  private static final int PAIRS = 30_000;

  /** Met 0, 9 and 99 times; the item in row 3 has no query. */
  private static final float[] INTERACTIONS = {0, 9, 99, 1_000};

  @Test
  void from_asLogged_isThePoolItself() {
    QueryPool pool = pool();
    assertSame(pool, QuerySampling.AS_LOGGED.from(pool, INTERACTIONS, SEED));
  }

  @Test
  void from_uniform_drawsEveryItemWithQueriesAsOften() {
    assertShares(QuerySampling.UNIFORM, 1.0 / 3, 1.0 / 3, 1.0 / 3);
  }

  @Test
  void from_byPopularity_drawsInProportion() {
    assertShares(QuerySampling.BY_POPULARITY, 1.0 / 111, 10.0 / 111, 100.0 / 111);
  }

  @Test
  void from_byInversePopularity_drawsInInverseProportion() {
    assertShares(QuerySampling.BY_INVERSE_POPULARITY, 1 / 1.11, 0.1 / 1.11, 0.01 / 1.11);
  }

  @Test
  void from_drawsOnlyPairsOfThePool() {
    QueryPool pool = pool();
    for (QueryPool.Chosen one : QuerySampling.UNIFORM.from(pool, INTERACTIONS, SEED).chosen()) {
      assertTrue(
          pool.chosen().stream().anyMatch(p -> p.query() == one.query() && p.row() == one.row()));
    }
  }

  @Test
  void from_sameSeed_drawsTheSame() {
    QueryPool pool = pool();
    assertEquals(
        QuerySampling.UNIFORM.from(pool, INTERACTIONS, SEED).chosen(),
        QuerySampling.UNIFORM.from(pool, INTERACTIONS, SEED).chosen());
  }

  private static void assertShares(QuerySampling draw, double... expected) {
    int[] counts = new int[INTERACTIONS.length];
    draw.from(pool(), INTERACTIONS, SEED).chosen().forEach(one -> counts[one.row()]++);
    for (int row = 0; row < expected.length; row++) {
      assertEquals(expected[row], (double) counts[row] / PAIRS, 0.02, draw + " row " + row);
    }
    assertEquals(0, counts[3]);
  }

  /** Nearly all pairs are about row 0. */
  private static QueryPool pool() {
    List<QueryPool.Chosen> chosen = new ArrayList<>();
    chosen.add(new QueryPool.Chosen(1, 1, 1));
    chosen.add(new QueryPool.Chosen(2, 2, 0.5));
    while (chosen.size() < PAIRS) {
      chosen.add(new QueryPool.Chosen(chosen.size() % 2 == 0 ? 0 : 3, 0, 1));
    }
    return new QueryPool(List.of("a", "b", "c", "d"), chosen);
  }
}
