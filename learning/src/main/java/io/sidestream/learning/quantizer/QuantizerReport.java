package io.sidestream.learning.quantizer;

import io.sidestream.learning.codebook.CodeUsage;
import io.sidestream.learning.codebook.Squares;

/**
 * What a quantizer kept of the vectors, and how well its codes tell items apart.
 *
 * @param residualEnergy share of the vectors' sum of squares that the codes do not say; 0 is
 *     everything said, 1 nothing, and above 1 worse than nothing
 */
public record QuantizerReport(String quantizer, double residualEnergy, CodeUsage usage) {
  /**
   * @param vectors that were fitted, shape [vector][D]
   */
  public static QuantizerReport of(String quantizer, float[][] vectors, Quantized quantized) {
    double whole = Squares.sum(vectors);
    double left = Squares.difference(vectors, quantized.reconstruction());
    return new QuantizerReport(
        quantizer,
        whole == 0 ? 0 : left / whole,
        CodeUsage.of(quantized.shape(), quantized.codes()));
  }
}
