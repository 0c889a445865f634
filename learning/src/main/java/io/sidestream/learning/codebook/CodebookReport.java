package io.sidestream.learning.codebook;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.ResidualCodebook;
import java.util.ArrayList;
import java.util.List;

/**
 * How well the IDs of a codebook tell a catalogue's items apart.
 *
 * @param items how many items were coded
 * @param levels coarse to fine
 * @param distinctIds how many different IDs they have
 * @param largestBucket how many items share the commonest ID
 * @param collidedShare share of items that are not alone behind their ID, in [0, 1]
 */
public record CodebookReport(
    int items, List<Level> levels, int distinctIds, int largestBucket, double collidedShare) {
  /**
   * One level of the codebook.
   *
   * @param residualEnergy share of the vectors' sum of squares left over below this level, in [0,
   *     1] on the vectors it was fitted to
   * @param usedCodes how many of the codes name an item
   * @param perplexity how many codes used equally often would be as varied; 1 is collapse
   */
  public record Level(double residualEnergy, int usedCodes, double perplexity) {}

  public CodebookReport {
    levels = List.copyOf(levels);
  }

  /**
   * @param vectors shape [item][D], at least one
   * @param codes shape [item][level]
   */
  public static CodebookReport of(ResidualCodebook codebook, float[][] vectors, int[][] codes) {
    check(vectors.length > 0, "no items to report on, expected 1 or more");
    check(
        vectors.length == codes.length,
        "%d vectors have %d ids, expected as many",
        vectors.length,
        codes.length);
    CodeUsage usage = CodeUsage.of(codebook.shape(), codes);
    return new CodebookReport(
        vectors.length,
        levels(codebook, vectors, codes, usage),
        usage.distinctIds(),
        usage.largestBucket(),
        usage.collidedShare());
  }

  private static List<Level> levels(
      ResidualCodebook codebook, float[][] vectors, int[][] codes, CodeUsage usage) {
    double whole = Squares.sum(vectors);
    Residuals residuals = Residuals.of(vectors);
    List<Level> levels = new ArrayList<>();
    for (int l = 0; l < codebook.shape().levels(); l++) {
      int level = l;
      residuals.subtract(codebook.centroids(level), row -> codes[row][level]);
      double left = whole == 0 ? 0 : residuals.energy() / whole;
      CodeUsage.Level used = usage.levels().get(level);
      levels.add(new Level(left, used.usedCodes(), used.perplexity()));
    }
    return levels;
  }
}
