package io.sidestream.learning.quantizer;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import io.sidestream.learning.codebook.CentroidEstimator;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import java.util.List;

/**
 * Quantized vectors: their codes and reconstructions. Arrays are not copied: a million
 * reconstructions of 128 numbers are half a gigabyte, and rows are read one by one.
 *
 * @param codes shape [vector][level], coarse to fine
 * @param reconstruction of each vector from its codes, shape [vector][D]
 * @param losses after each epoch or iteration where it was learned so, else empty
 */
public record Quantized(
    CodebookShape shape, int[][] codes, float[][] reconstruction, List<Double> losses) {
  public Quantized {
    checkEqual(reconstruction.length, codes.length, "%d reconstructions of codes");
    for (int row = 0; row < codes.length; row++) {
      checkCodes(shape, row, codes[row]);
    }
    losses = List.copyOf(losses);
  }

  private static void checkCodes(CodebookShape shape, int row, int[] codes) {
    check(
        codes.length == shape.levels(),
        "vector %d has %d codes, expected %d",
        row,
        codes.length,
        shape.levels());
    for (int code : codes) {
      check(
          code >= 0 && code < shape.width(),
          "vector %d has code %d, expected 0 to %d",
          row,
          code,
          shape.width() - 1);
    }
  }

  /**
   * The centroids that these codes would have in a residual codebook: level by level the mean of
   * what is left of the vectors with a code, and of all vectors for a code that none has. Gives any
   * codes the geometry that a generator starts from, and codes for vectors that come later.
   *
   * @param vectors that were fitted, shape [vector][D]
   */
  ResidualCodebook codebook(float[][] vectors) {
    check(
        vectors.length == codes.length,
        "%d vectors have %d codes, expected as many",
        vectors.length,
        codes.length);
    return CentroidEstimator.of(shape, vectors, codes);
  }
}
