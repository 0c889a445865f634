package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodeMatchingTest {
  private static final CodebookShape SHAPE = new CodebookShape(2, 16);
  private static final float[][] VECTORS = Points.gaussian(300, 6, 4);
  private static final FittedCodebook FITTED =
      ResidualKMeans.fit(VECTORS, SHAPE, 10, 2, 4, TrainingProgress.NONE);
  private static final int[] NEW = {};

  @Test
  void align_plantedNumbers_areFoundAgain() {
    int[][] former = renumbered(FITTED.codes(), 5);
    for (int row = 0; row < former.length; row += 7) {
      former[row] = NEW;
    }
    FittedCodebook aligned = CodeMatching.align(FITTED, former);
    int[][] planted = renumbered(FITTED.codes(), 5);
    assertArrayEquals(planted, aligned.codes());
  }

  @Test
  void align_ofNewNumbers_changesNoVectorAndNoError() {
    FittedCodebook aligned = CodeMatching.align(FITTED, renumbered(FITTED.codes(), 6));
    ResidualCodebook before = FITTED.codebook();
    ResidualCodebook after = aligned.codebook();
    assertArrayEquals(before.decode(FITTED.codes()), after.decode(aligned.codes()));
    assertArrayEquals(
        QuantizationError.relativeByLevel(before, VECTORS, FITTED.codes()),
        QuantizationError.relativeByLevel(after, VECTORS, aligned.codes()));
    for (float[] later : Points.gaussian(50, 6, 99)) {
      assertArrayEquals(before.decode(before.encode(later)), after.decode(after.encode(later)));
    }
    CodeUsage usage = CodeUsage.of(SHAPE, aligned.codes());
    assertEquals(CodeUsage.of(SHAPE, FITTED.codes()).distinctIds(), usage.distinctIds());
  }

  @Test
  void align_randomCodes_keepsAsManyAsTheBestNumbering() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("align_randomCodes_keepsAsManyAsTheBestNumbering seed " + seed);
    Random random = new Random(seed);
    CodebookShape shape = new CodebookShape(1, 5);
    for (int round = 0; round < 100; round++) {
      int items = 1 + random.nextInt(25);
      int[][] codes = new int[items][];
      int[][] former = new int[items][];
      for (int row = 0; row < items; row++) {
        codes[row] = new int[] {random.nextInt(5)};
        former[row] = random.nextInt(4) == 0 ? NEW : new int[] {random.nextInt(5)};
      }
      ResidualCodebook codebook =
          new ResidualCodebook(shape, 2, new float[][] {Points.gaussian(1, 10, seed)[0]});
      FittedCodebook aligned = CodeMatching.align(new FittedCodebook(codebook, codes), former);
      assertEquals(
          best(codes, former, new int[] {0, 1, 2, 3, 4}, 0), kept(aligned.codes(), former));
    }
  }

  @Test
  void align_ties_takeTheLowerNumber() {
    int[][] codes = {{0}, {1}, {2}};
    int[][] former = {{3}, {3}, {3}};
    assertArrayEquals(new int[][] {{3}, {0}, {1}}, align(codes, former, 4));
    assertArrayEquals(codes, align(codes, new int[][] {NEW, NEW, NEW}, 4));
  }

  /** Where a catalogue is smaller than its codebook, spare centroids repeat the first. */
  @Test
  void align_equalCentroids_anItemsOwnCopyIsTheOneThatEncodes() {
    CodebookShape shape = new CodebookShape(1, 4);
    float[][] table = {{1, 2, 1, 1}}; // codes 2 and 3 are spare
    FittedCodebook fitted =
        new FittedCodebook(new ResidualCodebook(shape, 1, table), new int[][] {{0}, {1}});
    FittedCodebook aligned = CodeMatching.align(fitted, new int[][] {{3}, {1}});
    assertEquals(0, aligned.codes()[0][0], "the spare copies have higher numbers");
    assertEquals(0, aligned.codebook().encode(new float[] {1})[0]);
    assertArrayEquals(new float[] {1, 2, 1, 1}, aligned.codebook().centroids(0));
  }

  @Test
  void align_moreCodesThanAreMatched_isRefused() {
    CodebookShape wide = new CodebookShape(1, CodeMatching.MAX_WIDTH + 1);
    ResidualCodebook codebook = new ResidualCodebook(wide, 1, new float[][] {new float[4_097]});
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                CodeMatching.align(
                    new FittedCodebook(codebook, new int[][] {{0}}), new int[][] {{0}}));
    assertEquals("level of 4097 codes, expected 2 to 4096", refused.getMessage());
  }

  private static int[][] align(int[][] codes, int[][] former, int width) {
    ResidualCodebook codebook =
        new ResidualCodebook(
            new CodebookShape(1, width), 1, new float[][] {Points.gaussian(1, width, 1)[0]});
    return CodeMatching.align(new FittedCodebook(codebook, codes), former).codes();
  }

  /** The codes with other numbers in each level, drawn by the seed. */
  private static int[][] renumbered(int[][] codes, long seed) {
    Random random = new Random(seed);
    int[][] others = Arrays.stream(codes).map(int[]::clone).toArray(int[][]::new);
    for (int level = 0; level < SHAPE.levels(); level++) {
      List<Integer> numbers =
          Arrays.asList(IntStream.range(0, SHAPE.width()).boxed().toArray(Integer[]::new));
      Collections.shuffle(numbers, random);
      for (int[] id : others) {
        id[level] = numbers.get(id[level]);
      }
    }
    return others;
  }

  private static int kept(int[][] codes, int[][] former) {
    return (int)
        IntStream.range(0, codes.length)
            .filter(row -> Arrays.equals(codes[row], former[row]))
            .count();
  }

  /** The most items that any numbering keeps, by trying all. */
  private static int best(int[][] codes, int[][] former, int[] numbers, int fixed) {
    if (fixed == numbers.length) {
      int[][] numbered =
          Arrays.stream(codes).map(id -> new int[] {numbers[id[0]]}).toArray(int[][]::new);
      return kept(numbered, former);
    }
    int best = 0;
    for (int other = fixed; other < numbers.length; other++) {
      int[] swapped = numbers.clone();
      swapped[fixed] = numbers[other];
      swapped[other] = numbers[fixed];
      best = Math.max(best, best(codes, former, swapped, fixed + 1));
    }
    return best;
  }
}
