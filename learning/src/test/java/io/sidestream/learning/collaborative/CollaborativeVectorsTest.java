package io.sidestream.learning.collaborative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.vectors.Vectors;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class CollaborativeVectorsTest {
  private static final int GROUPS = 4;
  private static final List<ItemId> ITEMS =
      IntStream.range(0, 40)
          .mapToObj(i -> new ItemId(String.format(Locale.ROOT, "i%02d", i)))
          .toList();
  private static final CollaborativeVectors LEARNER = new CollaborativeVectors(8);

  @Test
  void learn_itemsThatCoOccur_areNear() {
    float[][] vectors = LEARNER.learn(ITEMS, counts(), 1);
    double within = Vectors.dot(vectors[0], vectors[GROUPS]);
    double across = Vectors.dot(vectors[0], vectors[1]);
    assertTrue(within > across + 0.5, within + " within a group, " + across + " across");
  }

  @Test
  void learn_itemWithoutCounts_isZero() {
    List<ItemId> more = new ArrayList<>(ITEMS);
    more.add(new ItemId("z"));
    float[][] vectors = LEARNER.learn(more, counts(), 1);
    assertArrayEquals(new float[8], vectors[ITEMS.size()]);
    assertEquals(1, Vectors.dot(vectors[0], vectors[0]), 1e-5);
  }

  @Test
  void learn_twice_givesEqualBits() {
    float[][] one = LEARNER.learn(ITEMS, counts(), 5);
    float[][] other = LEARNER.learn(ITEMS, counts(), 5);
    for (int row = 0; row < one.length; row++) {
      assertArrayEquals(one[row], other[row], 0);
    }
  }

  @Test
  void learn_noCountsOrFewItems_givesZeros() {
    assertArrayEquals(new float[8], LEARNER.learn(ITEMS, List.of(), 1)[3]);
    assertEquals(0, LEARNER.learn(List.of(), List.of(), 1).length);
    assertEquals(8, LEARNER.learn(ITEMS.subList(0, 3), counts(), 1)[0].length);
  }

  @Test
  void learn_leadingValues_areThoseOfTheDenseMatrix() {
    CoOccurrence matrix = CoOccurrence.of(ITEMS, counts()).map(Math::log1p);
    DMatrixRMaj dense = matrix.times(CommonOps_DDRM.identity(ITEMS.size()));
    double[] expected = SymmetricEigen.of(dense).values(4);
    LeadingEigenvectors found = LeadingEigenvectors.of(matrix.rows(), matrix::times, 4, 12, 1);
    for (int i = 0; i < found.count(); i++) {
      assertEquals(expected[i], found.value(i), 1e-3 * expected[0]);
    }
  }

  @Test
  void new_dimensionsBeyondTheLimit_areRefused() {
    int tooMany = CollaborativeVectors.MAX_DIMENSIONS + 1;
    assertThrows(IllegalArgumentException.class, () -> new CollaborativeVectors(tooMany));
  }

  private static List<PairCount> counts() {
    SplittableRandom random = new SplittableRandom(9);
    List<PairCount> counts = new ArrayList<>();
    for (int low = 0; low < ITEMS.size(); low++) {
      for (int high = low + 1; high < ITEMS.size(); high++) {
        boolean together = low % GROUPS == high % GROUPS;
        if (together || random.nextInt(10) == 0) {
          Pair pair = Pair.ItemItem.of(ITEMS.get(low), ITEMS.get(high));
          counts.add(new PairCount(pair, together ? 5 + random.nextInt(5) : 1));
        }
      }
    }
    return counts;
  }
}
