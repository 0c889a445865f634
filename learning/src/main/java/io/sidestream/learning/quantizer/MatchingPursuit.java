package io.sidestream.learning.quantizer;

import io.sidestream.model.vectors.Vectors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finds the few atoms whose combination is near a vector. Threads may share it.
 *
 * <p>Legend: K atoms, D dimensions, L atoms per vector.
 */
final class MatchingPursuit {
  /*
   * Orthogonal matching pursuit: the atom with the largest product with what is left is added, then
   * the coefficients of all atoms so far are fitted again by least squares. With the atoms'
   * products among themselves known, what is left need not be formed: its product with atom k is
   * x.k minus the sum of coefficient times product [2]. Atoms have length 1; on a tie the lower one
   * is taken. [1] Pati, Rezaiifar & Krishnaprasad 1993, Asilomar; [2] Rubinstein, Zibulevsky & Elad
   * 2008, Efficient implementation of the K-SVD algorithm using batch orthogonal matching pursuit
   */
  private static final double NEARLY_DEPENDENT = 1e-10;

  private final double[][] atoms; // [atom][D]
  private final double[][] products; // [atom][atom]

  MatchingPursuit(double[][] atoms) {
    this.atoms = atoms;
    this.products =
        IntStream.range(0, atoms.length)
            .parallel()
            .mapToObj(
                i ->
                    IntStream.range(0, atoms.length)
                        .mapToDouble(j -> Vectors.dot(atoms[i], atoms[j]))
                        .toArray())
            .toArray(double[][]::new);
  }

  /** A code of {@code count} atoms; coefficients may be 0 where fewer are enough. */
  SparseCode code(float[] vector, int count) {
    double[] matches = matches(vector);
    int[] chosen = new int[count];
    double[] coefficients = new double[0];
    for (int i = 0; i < count; i++) {
      chosen[i] = best(matches, chosen, coefficients);
      coefficients = leastSquares(matches, chosen, i + 1);
    }
    return ordered(chosen, coefficients);
  }

  private double[] matches(float[] vector) {
    double[] wide = new double[vector.length];
    Arrays.setAll(wide, d -> vector[d]);
    double[] matches = new double[atoms.length];
    Arrays.setAll(matches, atom -> Vectors.dot(atoms[atom], wide));
    return matches;
  }

  private int best(double[] matches, int[] chosen, double[] coefficients) {
    int best = -1;
    double most = -1;
    for (int atom = 0; atom < atoms.length; atom++) {
      double left = matches[atom];
      boolean free = true;
      for (int i = 0; i < coefficients.length; i++) {
        left -= coefficients[i] * products[atom][chosen[i]];
        free &= chosen[i] != atom;
      }
      if (free && Math.abs(left) > most) {
        best = atom;
        most = Math.abs(left);
      }
    }
    return best;
  }

  /** Solves products · c = matches over the chosen by elimination; a dependent atom gets 0. */
  private double[] leastSquares(double[] matches, int[] chosen, int count) {
    double[][] rows = new double[count][count + 1];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        rows[i][j] = products[chosen[i]][chosen[j]];
      }
      rows[i][count] = matches[chosen[i]];
    }
    for (int pivot = 0; pivot < count; pivot++) {
      if (rows[pivot][pivot] < NEARLY_DEPENDENT) {
        rows[pivot] = new double[count + 1];
        rows[pivot][pivot] = 1;
      }
      for (int row = 0; row < count; row++) {
        double times = row == pivot ? 0 : rows[row][pivot] / rows[pivot][pivot];
        for (int j = pivot; j <= count; j++) {
          rows[row][j] -= times * rows[pivot][j];
        }
      }
    }
    return IntStream.range(0, count).mapToDouble(i -> rows[i][count] / rows[i][i]).toArray();
  }

  private static SparseCode ordered(int[] chosen, double[] coefficients) {
    int[] order =
        IntStream.range(0, chosen.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -Math.abs(coefficients[i])))
            .mapToInt(i -> i)
            .toArray();
    return new SparseCode(
        IntStream.of(order).map(i -> chosen[i]).toArray(),
        IntStream.of(order).mapToDouble(i -> coefficients[i]).toArray());
  }
}
