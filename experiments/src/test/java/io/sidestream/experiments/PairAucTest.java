package io.sidestream.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.vectors.Vectors;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairAucTest {
  private static final long SEED = 11;

  @Test
  void of_pairsOfOneCluster_isNearOne() {
    // Forty clusters of five: a random pair is in one cluster with a chance of 2 %.
    float[][] items = clusters(40, 5);
    assertTrue(new PairAuc(items, SEED).of(List.of(pair(0, 1), pair(5, 9))) > 0.97);
  }

  @Test
  void of_randomPairs_isNearChance() {
    float[][] items = clusters(40, 5);
    SplittableRandom random = new SplittableRandom(SEED);
    List<RelatedPairs.Rows> pairs =
        random
            .ints(3_000, 0, items.length)
            .mapToObj(row -> pair(row, (row + 1 + random.nextInt(items.length - 1)) % items.length))
            .toList();
    assertEquals(0.5, new PairAuc(items, SEED).of(pairs), 0.03);
  }

  @Test
  void of_itemsThatAreAllAlike_isChance() {
    float[][] items = {{1, 0}, {1, 0}, {1, 0}};
    assertEquals(0.5, new PairAuc(items, SEED).of(List.of(pair(0, 2))));
  }

  private static RelatedPairs.Rows pair(int one, int other) {
    return RelatedPairs.Rows.of(one, other);
  }

  private static float[][] clusters(int clusters, int each) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[][] items = new float[clusters * each][16];
    for (int cluster = 0; cluster < clusters; cluster++) {
      float[] centre = new float[16];
      for (int d = 0; d < centre.length; d++) {
        centre[d] = (float) random.nextGaussian();
      }
      for (int i = 0; i < each; i++) {
        float[] item = items[cluster * each + i];
        for (int d = 0; d < item.length; d++) {
          item[d] = centre[d] + 0.05f * (float) random.nextGaussian();
        }
        Vectors.normalize(item);
      }
    }
    return items;
  }
}
