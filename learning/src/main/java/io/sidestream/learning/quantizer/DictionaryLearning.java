package io.sidestream.learning.quantizer;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.learning.codebook.QuantizationError;
import io.sidestream.learning.codebook.VectorChecks;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Dictionary learning: a vector is near a sum of few atoms of one dictionary, and their numbers are
 * its codes, the atom with the largest coefficient first.
 *
 * @param shape levels is atoms per vector, width is atoms in the dictionary
 * @param iterations over all vectors, 1 to {@value #MAX_ITERATIONS}
 */
record DictionaryLearning(CodebookShape shape, int iterations) implements Quantizer {
  /*
   * The quantizer of a row in arXiv 2508.10478, which names scikit-learn and no more. Our reading:
   * 256 atoms; sparse coding by orthogonal matching pursuit with two atoms (MatchingPursuit), also
   * while learning; atoms by block coordinate descent (AtomDictionary); codes are the numbers of
   * the atoms. Coefficients and their signs are not in an ID, so the reconstruction from an ID is
   * each atom times the mean coefficient that it has at its level, and its error is larger than
   * that of the sparse codes themselves, whose squared errors are the losses. All levels share one
   * dictionary.
   */
  /** Largest number of iterations. */
  public static final int MAX_ITERATIONS = 10_000;

  private static final int ITERATIONS = 20;

  public DictionaryLearning {
    checkRange(iterations, 1, MAX_ITERATIONS, "dictionary learning of %d iterations");
    check(
        shape.levels() <= shape.width(),
        "%d atoms per vector of %d, expected no more",
        shape.levels(),
        shape.width());
  }

  /** 20 iterations. */
  public static DictionaryLearning of(CodebookShape shape) {
    return new DictionaryLearning(shape, ITERATIONS);
  }

  @Override
  public String name() {
    return "dictionary learning";
  }

  @Override
  public Quantized fit(float[][] vectors, long seed, TrainingProgress progress) {
    VectorChecks.dimensions(vectors);
    progress.stage("dictionary", "%,d vectors", vectors.length);
    SplittableRandom random = new SplittableRandom(seed);
    AtomDictionary dictionary = AtomDictionary.drawn(vectors, shape.width(), random);
    List<Double> losses = new ArrayList<>();
    List<SparseCode> codes = codes(dictionary, vectors);
    for (int iteration = 0; iteration < iterations; iteration++) {
      dictionary.improve(vectors, codes, random);
      codes = codes(dictionary, vectors);
      losses.add(QuantizationError.squared(vectors, sums(dictionary, codes)));
      progress.step(iteration + 1, iterations);
    }
    progress.finished("dictionary", "loss %.4g", losses.get(losses.size() - 1));
    return new Quantized(
        shape,
        codes.stream().map(SparseCode::atoms).toArray(int[][]::new),
        sums(dictionary, withMeanCoefficients(codes)),
        losses);
  }

  private List<SparseCode> codes(AtomDictionary dictionary, float[][] vectors) {
    MatchingPursuit pursuit = new MatchingPursuit(dictionary.atoms());
    return IntStream.range(0, vectors.length)
        .parallel()
        .mapToObj(row -> pursuit.code(vectors[row], shape.levels()))
        .toList();
  }

  static float[][] sums(AtomDictionary dictionary, List<SparseCode> codes) {
    int dimensions = dictionary.atoms()[0].length;
    float[][] sums = new float[codes.size()][dimensions];
    for (int row = 0; row < sums.length; row++) {
      SparseCode code = codes.get(row);
      for (int i = 0; i < code.atoms().length; i++) {
        double[] atom = dictionary.atoms()[code.atoms()[i]];
        for (int d = 0; d < dimensions; d++) {
          sums[row][d] += (float) (code.coefficients()[i] * atom[d]);
        }
      }
    }
    return sums;
  }

  private List<SparseCode> withMeanCoefficients(List<SparseCode> codes) {
    double[][] sums = new double[shape.levels()][shape.width()];
    int[][] counts = new int[shape.levels()][shape.width()];
    for (SparseCode code : codes) {
      for (int level = 0; level < sums.length; level++) {
        sums[level][code.atoms()[level]] += code.coefficients()[level];
        counts[level][code.atoms()[level]]++;
      }
    }
    return codes.stream()
        .map(code -> new SparseCode(code.atoms(), means(code.atoms(), sums, counts)))
        .toList();
  }

  private static double[] means(int[] atoms, double[][] sums, int[][] counts) {
    double[] means = new double[atoms.length];
    Arrays.setAll(means, level -> sums[level][atoms[level]] / counts[level][atoms[level]]);
    return means;
  }
}
