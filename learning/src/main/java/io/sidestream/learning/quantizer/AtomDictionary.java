package io.sidestream.learning.quantizer;

import java.util.List;
import java.util.SplittableRandom;

/** Atoms of length 1 that move to where sparse codes need them. Changes as it learns. */
final class AtomDictionary {
  /*
   * Codes stay, atoms move: block coordinate descent, each atom in turn to the least squares
   * solution given the others, d_k += (b_k - sum_j A_kj d_j) / A_kk with A = sum c c' and b = sum c
   * x', and then to length 1, its coefficients scaled instead. An atom that no code uses is
   * replaced by a vector drawn by chance. [1] Mairal, Bach, Ponce & Sapiro 2009, arXiv 0908.0050,
   * algorithm 2, as scikit-learn's dict_learning does it
   */
  private static final double UNUSED = 1e-6;

  private final double[][] atoms; // [atom][D]

  private AtomDictionary(double[][] atoms) {
    this.atoms = atoms;
  }

  /** Vectors drawn by chance become the first atoms. */
  static AtomDictionary drawn(float[][] vectors, int width, SplittableRandom random) {
    double[][] atoms = new double[width][vectors[0].length];
    for (double[] atom : atoms) {
      draw(atom, vectors, random);
    }
    return new AtomDictionary(atoms);
  }

  /** Not a copy. */
  double[][] atoms() {
    return atoms;
  }

  /** Moves the atoms, and changes coefficients by as much as lengths were. */
  void improve(float[][] vectors, List<SparseCode> codes, SplittableRandom random) {
    double[][] together = new double[atoms.length][atoms.length]; // A
    double[][] sums = new double[atoms.length][vectors[0].length]; // b
    for (int row = 0; row < vectors.length; row++) {
      collect(codes.get(row), vectors[row], together, sums);
    }
    double[] lengths = new double[atoms.length];
    for (int k = 0; k < atoms.length; k++) {
      if (together[k][k] > UNUSED) {
        move(k, together[k], sums[k]);
        lengths[k] = 1;
      }
    }
    for (int k = 0; k < atoms.length; k++) {
      if (lengths[k] == 0) {
        draw(atoms[k], vectors, random);
      } else {
        lengths[k] = scaleToUnit(atoms[k]);
      }
    }
    for (SparseCode code : codes) {
      for (int i = 0; i < code.atoms().length; i++) {
        code.coefficients()[i] *= lengths[code.atoms()[i]];
      }
    }
  }

  private static void collect(
      SparseCode code, float[] vector, double[][] together, double[][] sums) {
    for (int i = 0; i < code.atoms().length; i++) {
      for (int j = 0; j < code.atoms().length; j++) {
        together[code.atoms()[i]][code.atoms()[j]] +=
            code.coefficients()[i] * code.coefficients()[j];
      }
      double[] sum = sums[code.atoms()[i]];
      for (int d = 0; d < vector.length; d++) {
        sum[d] += code.coefficients()[i] * vector[d];
      }
    }
  }

  private void move(int k, double[] together, double[] sum) {
    double[] change = sum.clone();
    for (int j = 0; j < atoms.length; j++) {
      for (int d = 0; d < change.length && together[j] != 0; d++) {
        change[d] -= together[j] * atoms[j][d];
      }
    }
    for (int d = 0; d < change.length; d++) {
      atoms[k][d] += change[d] / together[k];
    }
  }

  private static void draw(double[] atom, float[][] vectors, SplittableRandom random) {
    float[] drawn = vectors[random.nextInt(vectors.length)];
    for (int d = 0; d < atom.length; d++) {
      atom[d] = drawn[d];
    }
    if (scaleToUnit(atom) == 0) {
      atom[random.nextInt(atom.length)] = 1;
    }
  }

  private static double scaleToUnit(double[] atom) {
    double sum = 0;
    for (double value : atom) {
      sum += value * value;
    }
    double length = Math.sqrt(sum);
    for (int d = 0; d < atom.length && length > 0; d++) {
      atom[d] /= length;
    }
    return length;
  }
}
