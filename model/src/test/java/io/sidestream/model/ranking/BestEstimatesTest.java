package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BestEstimatesTest {
  @Test
  void offer_moreThanAreKept_keepsTheBestAndKnowsTheWorstOfThem() {
    float[] estimates = {-2, 0.5f, -0.25f, 3, -1, 0.5f};
    BestEstimates best = new BestEstimates(3);
    for (int row = 0; row < estimates.length; row++) {
      assertEquals(row >= 3, best.isFull());
      if (best.mayTake(row, estimates[row])) {
        best.offer(row, estimates[row]);
      }
    }
    assertArrayEquals(new int[] {3, 5, 1}, best.bestFirst().toArray()); // of equals the higher row
    assertEquals(0.5f, best.worst());
    assertFalse(best.mayTake(9, 0.25f));
    assertTrue(best.mayTake(9, 0.5f));
  }

  @Test
  void worst_randomEstimatesOfBothSigns_isTheLeastKept() {
    Random random = new Random(Long.getLong("seed", 3));
    for (int round = 0; round < 50; round++) {
      BestEstimates best = new BestEstimates(8);
      float[] all = new float[20];
      for (int row = 0; row < all.length; row++) {
        all[row] = (float) random.nextGaussian() - 1;
        best.offer(row, all[row]);
      }
      double[] sorted = IntStream.range(0, all.length).mapToDouble(i -> all[i]).sorted().toArray();
      assertEquals((float) sorted[all.length - 8], best.worst());
    }
  }
}
