package io.sidestream.learning.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.PopularityPrediction;
import io.sidestream.model.generator.Task;
import io.sidestream.model.vectors.Vectors;
import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopularityRegressionTest {
  private static final int DIMENSIONS = 8;

  @Test
  void of_countsThatTheVectorsSay_predictsThoseOfOtherItems() {
    World world = new World(400, 3, 0);
    PopularityPrediction found = PopularityRegression.of(world.vectors, world.corpus());
    World others = new World(50, 4, 0);
    for (int i = 0; i < others.vectors.length; i++) {
      double expected = Math.log1p(others.interactions[i]);
      assertEquals(expected, found.of(Task.RECOMMENDATION, others.vectors[i]), 0.15);
      assertEquals(Math.log1p(2), found.of(Task.SEARCH, others.vectors[i]), 0.01);
    }
  }

  @Test
  void of_countsThatTheVectorsDoNotSay_isNearTheMean() {
    World world = new World(400, 5, 1);
    PopularityPrediction found = PopularityRegression.of(world.vectors, world.corpus());
    double mean =
        IntStream.range(0, 400).mapToDouble(i -> Math.log1p(world.interactions[i])).sum() / 400;
    for (float[] vector : world.vectors) {
      assertEquals(mean, found.of(Task.RECOMMENDATION, vector), 0.4);
    }
  }

  @Test
  void of_fewItems_isTheMean_andOfNone_nothing() {
    World few = new World(PopularityRegression.MIN_ITEMS - 1, 6, 0);
    PopularityPrediction found = PopularityRegression.of(few.vectors, few.corpus());
    float mean = found.of(Task.RECOMMENDATION, few.vectors[0]);
    assertTrue(mean > 0);
    assertEquals(mean, found.of(Task.RECOMMENDATION, few.vectors[1]));
    Assignments unmet =
        new Assignments(
            List.of(new ItemId("a")),
            new int[1][1],
            new float[1][1],
            new float[1][1],
            new float[1],
            new float[1]);
    PopularityPrediction none = PopularityRegression.of(new float[1][DIMENSIONS], unmet);
    assertEquals(0, none.of(Task.RECOMMENDATION, few.vectors[0]));
  }

  @Test
  void of_itemsWithoutEvents_doNotCount() {
    World world = new World(200, 7, 0);
    PopularityPrediction before = PopularityRegression.of(world.vectors, world.corpus());
    float[][] vectors = new float[300][];
    System.arraycopy(world.vectors, 0, vectors, 0, 200);
    System.arraycopy(new World(100, 8, 0).vectors, 0, vectors, 200, 100);
    PopularityPrediction after = PopularityRegression.of(vectors, world.corpus(300));
    for (float[] vector : vectors) {
      assertEquals(before.of(Task.RECOMMENDATION, vector), after.of(Task.RECOMMENDATION, vector));
    }
  }

  /** Items whose log(1 + interactions) is 3 + 2 x + noise, x the first number of their vector. */
  private static final class World {
    private final float[][] vectors;
    private final float[] interactions;

    World(int items, long seed, double noise) {
      Random random = new Random(seed);
      vectors = new float[items][DIMENSIONS];
      interactions = new float[items];
      for (int i = 0; i < items; i++) {
        for (int d = 0; d < DIMENSIONS; d++) {
          vectors[i][d] = (float) random.nextGaussian();
        }
        Vectors.normalize(vectors[i]);
        double said = noise == 0 ? 2 * vectors[i][0] : noise * random.nextGaussian();
        interactions[i] = (float) Math.max(1, Math.expm1(3 + said));
      }
    }

    Assignments corpus() {
      return corpus(vectors.length);
    }

    /** With items behind that have no events. */
    Assignments corpus(int items) {
      float[] counts = new float[items];
      float[] searches = new float[items];
      System.arraycopy(interactions, 0, counts, 0, interactions.length);
      IntStream.range(0, interactions.length).forEach(i -> searches[i] = 2);
      return new Assignments(
          IntStream.range(0, items)
              .mapToObj(i -> new ItemId(String.format(Locale.ROOT, "item-%04d", i)))
              .toList(),
          new int[items][1],
          new float[items][1],
          new float[items][1],
          counts,
          searches);
    }
  }
}
