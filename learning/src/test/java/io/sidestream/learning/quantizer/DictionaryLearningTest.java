package io.sidestream.learning.quantizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.codebook.Points;
import io.sidestream.learning.codebook.QuantizationError;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DictionaryLearningTest {
  private static final int DIMENSIONS = 8;

  @Test
  void pursuit_randomAtoms_givesWhatThePursuitByHandGives() {
    long seed = System.nanoTime();
    System.out.println("pursuit_randomAtoms_givesWhatThePursuitByHandGives seed " + seed);
    double[][] atoms = atoms(12, seed);
    for (float[] vector : Points.gaussian(50, DIMENSIONS, seed + 1)) {
      SparseCode code = new MatchingPursuit(atoms).code(vector, 2);
      int[] naive = naive(atoms, vector);
      assertArrayEquals(sorted(naive), sorted(code.atoms()));
      double[] sizes = Arrays.stream(code.coefficients()).map(Math::abs).toArray();
      assertTrue(sizes[0] >= sizes[1]);
      double[] left = left(atoms, code, vector);
      for (int atom : code.atoms()) {
        assertEquals(0, dot(atoms[atom], left), 1e-6, "least squares leaves nothing along atoms");
      }
    }
  }

  @Test
  void pursuit_twinAtoms_givesDifferentOnes() {
    double[][] twins = {{1, 0}, {1, 0}, {0, 1}};
    SparseCode code = new MatchingPursuit(twins).code(new float[] {2, 0}, 3);
    assertEquals(3, Arrays.stream(code.atoms()).distinct().count());
    assertEquals(0, code.atoms()[0]);
    assertEquals(2, code.coefficients()[0], 1e-12);
  }

  @Test
  void improve_sameCodes_neverRaisesTheError() {
    float[][] vectors = Points.gaussian(200, DIMENSIONS, 1);
    SplittableRandom random = new SplittableRandom(2);
    AtomDictionary dictionary = AtomDictionary.drawn(vectors, 16, random);
    MatchingPursuit pursuit = new MatchingPursuit(dictionary.atoms());
    List<SparseCode> codes = Arrays.stream(vectors).map(v -> pursuit.code(v, 2)).toList();
    double before = QuantizationError.squared(vectors, DictionaryLearning.sums(dictionary, codes));
    for (int round = 0; round < 5; round++) {
      dictionary.improve(vectors, codes, random);
      double after = QuantizationError.squared(vectors, DictionaryLearning.sums(dictionary, codes));
      assertTrue(after <= before * (1 + 1e-6), after + " after " + before);
      before = after;
      assertEquals(1, dot(dictionary.atoms()[3], dictionary.atoms()[3]), 1e-9);
    }
  }

  @Test
  void fit_sumsOfHiddenAtoms_leavesLittle() {
    double[][] hidden = atoms(10, 4);
    Random random = new Random(5);
    float[][] vectors = new float[600][DIMENSIONS];
    for (float[] vector : vectors) {
      int first = random.nextInt(10);
      int second = (first + 1 + random.nextInt(9)) % 10;
      for (int d = 0; d < DIMENSIONS; d++) {
        vector[d] = (float) (3 * hidden[first][d] + hidden[second][d]);
      }
    }
    Quantized quantized =
        new DictionaryLearning(new CodebookShape(2, 16), 40).fit(vectors, 1, TrainingProgress.NONE);
    List<Double> losses = quantized.losses();
    double share = losses.get(losses.size() - 1) / QuantizationError.squaredLengths(vectors);
    assertTrue(share < 0.02, "relative error " + share);
    double error = QuantizationError.relative(vectors, quantized.reconstruction());
    assertTrue(error >= share && error < 0.2, "relative error " + error);
  }

  @Test
  void fit_twice_givesEqualCodes() {
    float[][] vectors = Points.gaussian(100, DIMENSIONS, 1);
    Quantizer quantizer = new DictionaryLearning(new CodebookShape(2, 16), 3);
    Quantized one = quantizer.fit(vectors, 7, TrainingProgress.NONE);
    Quantized other = quantizer.fit(vectors, 7, TrainingProgress.NONE);
    assertArrayEquals(one.codes(), other.codes());
    assertEquals(one.losses(), other.losses());
  }

  @Test
  void fit_zerosOrOneVector_works() {
    Quantizer quantizer = new DictionaryLearning(new CodebookShape(2, 4), 3);
    Quantized zeros = quantizer.fit(new float[3][DIMENSIONS], 1, TrainingProgress.NONE);
    assertArrayEquals(new float[DIMENSIONS], zeros.reconstruction()[2]);
    float[][] one = {{1, 2}};
    Quantized alone = quantizer.fit(one, 1, TrainingProgress.NONE);
    assertEquals(0, QuantizationError.squared(one, alone.reconstruction()), 1e-6);
  }

  @Test
  void constructor_beyondTheLimits_isRefused() {
    CodebookShape shape = new CodebookShape(2, 4);
    int most = DictionaryLearning.MAX_ITERATIONS;
    assertEquals(most, new DictionaryLearning(shape, most).iterations());
    refused(() -> new DictionaryLearning(shape, most + 1));
    refused(() -> new DictionaryLearning(shape, 0));
    refused(() -> new DictionaryLearning(new CodebookShape(3, 2), 1));
    float[][] bad = {{1}, {Float.NaN}};
    refused(() -> DictionaryLearning.of(shape).fit(bad, 1, TrainingProgress.NONE));
  }

  private static void refused(Runnable making) {
    assertThrows(IllegalArgumentException.class, making::run);
  }

  /** The pursuit with what is left written out; two atoms by their normal equations. */
  private static int[] naive(double[][] atoms, float[] vector) {
    double[] left = IntStream.range(0, vector.length).mapToDouble(d -> vector[d]).toArray();
    int first = largest(atoms, left);
    double along = dot(atoms[first], left);
    for (int d = 0; d < left.length; d++) {
      left[d] -= along * atoms[first][d];
    }
    return new int[] {first, largest(atoms, left)};
  }

  private static int largest(double[][] atoms, double[] vector) {
    int best = 0;
    for (int atom = 1; atom < atoms.length; atom++) {
      best = Math.abs(dot(atoms[atom], vector)) > Math.abs(dot(atoms[best], vector)) ? atom : best;
    }
    return best;
  }

  private static double[] left(double[][] atoms, SparseCode code, float[] vector) {
    double[] left = IntStream.range(0, vector.length).mapToDouble(d -> vector[d]).toArray();
    for (int i = 0; i < code.atoms().length; i++) {
      for (int d = 0; d < left.length; d++) {
        left[d] -= code.coefficients()[i] * atoms[code.atoms()[i]][d];
      }
    }
    return left;
  }

  private static double[][] atoms(int count, long seed) {
    double[][] atoms = new double[count][DIMENSIONS];
    float[][] drawn = Points.gaussian(count, DIMENSIONS, seed);
    for (int i = 0; i < count; i++) {
      double norm = Math.sqrt(QuantizationError.squaredLengths(new float[][] {drawn[i]}));
      for (int d = 0; d < DIMENSIONS; d++) {
        atoms[i][d] = drawn[i][d] / norm;
      }
    }
    return atoms;
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(d -> a[d] * b[d]).sum();
  }

  private static int[] sorted(int[] numbers) {
    return Arrays.stream(numbers).sorted().toArray();
  }
}
