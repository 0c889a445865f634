package io.sidestream.learning.quantizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.codebook.CodeUsage;
import io.sidestream.learning.codebook.Points;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UniqueIdsTest {
  private static final CodebookShape SHAPE = new CodebookShape(2, 16);
  private static final Quantizer BALANCED = ResidualKMeansQuantizer.balanced(SHAPE);

  @Test
  void fit_prefixesNoLargerThanTheLevel_givesEachItsOwnId() {
    float[][] vectors = Points.clusters(10, 12, 8, 0.4, 3);
    Quantized first = BALANCED.fit(vectors, 1, TrainingProgress.NONE);
    Quantized unique = new UniqueIds(BALANCED).fit(vectors, 1, TrainingProgress.NONE);

    assertTrue(CodeUsage.of(SHAPE, first.codes()).collisionRate() > 0);
    assertEquals(0, CodeUsage.of(SHAPE, unique.codes()).collisionRate());
    assertArrayEquals(firstCodes(first), firstCodes(unique));
  }

  @Test
  void fit_unique_isNoFartherThanTakingTurns() {
    float[][] vectors = Points.clusters(10, 12, 8, 0.4, 5);
    Quantized first = BALANCED.fit(vectors, 1, TrainingProgress.NONE);
    ResidualCodebook codebook = first.codebook(vectors);
    double ours = energy(codebook, vectors, UniqueIds.unique(codebook, vectors, first.codes()));
    double turns = energy(codebook, vectors, takingTurns(codebook, vectors, first.codes()));
    double shared = energy(codebook, vectors, first.codes());
    assertTrue(ours <= turns, ours + " matched, " + turns + " by taking turns");
    assertTrue(shared <= ours, shared + " shared, " + ours + " matched");
  }

  @Test
  void fit_prefixLargerThanTheLevel_sharesEvenly() {
    float[][] vectors = Points.gaussian(70, 4, 1);
    CodebookShape shape = new CodebookShape(2, 16);
    Quantizer collapsed = new OnePrefix(shape);
    Quantized unique = new UniqueIds(collapsed).fit(vectors, 1, TrainingProgress.NONE);
    CodeUsage usage = CodeUsage.of(shape, unique.codes());
    assertTrue(usage.largestBucket() <= 5, usage.toString());
    assertTrue(usage.distinctIds() >= 14, usage.toString());
  }

  @Test
  void fit_moreThanCanBeMatchedExactly_isStillUnique() {
    int width = UniqueIds.MAX_EXACT + 6;
    float[][] vectors = Points.gaussian(UniqueIds.MAX_EXACT + 1, 2, 1);
    CodebookShape shape = new CodebookShape(2, width);
    Quantized unique = new UniqueIds(new OnePrefix(shape)).fit(vectors, 1, TrainingProgress.NONE);
    assertEquals(0, CodeUsage.of(shape, unique.codes()).collisionRate());
  }

  @Test
  void fit_oneLevel_numbersAllItems() {
    float[][] vectors = Points.gaussian(20, 4, 1);
    Quantized unique = new UniqueIds(new FlatKMeans(32, 5)).fit(vectors, 1, TrainingProgress.NONE);
    assertEquals(20, CodeUsage.of(unique.shape(), unique.codes()).distinctIds());
  }

  /** All vectors share their prefix, and use two of the last level's codes. */
  private record OnePrefix(CodebookShape shape) implements Quantizer {
    @Override
    public String name() {
      return "one prefix";
    }

    @Override
    public Quantized fit(float[][] vectors, long seed, TrainingProgress progress) {
      int[][] codes = new int[vectors.length][2];
      for (int row = 0; row < codes.length; row++) {
        codes[row][1] = row % 2;
      }
      return new Quantized(shape, codes, vectors, List.of());
    }
  }

  /** In the order of their rows, each takes the nearest code that is free below its prefix. */
  private static int[][] takingTurns(ResidualCodebook codebook, float[][] vectors, int[][] codes) {
    int[][] taken = new int[codes.length][];
    Set<List<Integer>> ids = new HashSet<>();
    for (int row = 0; row < codes.length; row++) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int code = 0; code < SHAPE.width(); code++) {
        int[] id = {codes[row][0], code};
        double distance = energy(codebook, new float[][] {vectors[row]}, new int[][] {id});
        if (distance < nearest && !ids.contains(List.of(id[0], id[1]))) {
          nearest = distance;
          taken[row] = id;
        }
      }
      ids.add(List.of(taken[row][0], taken[row][1]));
    }
    return taken;
  }

  private static double energy(ResidualCodebook codebook, float[][] vectors, int[][] codes) {
    double sum = 0;
    for (int row = 0; row < vectors.length; row++) {
      float[] decoded = codebook.decode(codes[row]);
      for (int d = 0; d < decoded.length; d++) {
        double difference = (double) vectors[row][d] - decoded[d];
        sum += difference * difference;
      }
    }
    return sum;
  }

  private static int[] firstCodes(Quantized quantized) {
    return Arrays.stream(quantized.codes()).mapToInt(codes -> codes[0]).toArray();
  }
}
