package io.sidestream.trainer.codebook;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.ResidualCodebook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    Map<List<Integer>, Integer> buckets = buckets(codes);
    int alone = (int) buckets.values().stream().filter(size -> size == 1).count();
    return new CodebookReport(
        vectors.length,
        levels(codebook, vectors, codes),
        buckets.size(),
        buckets.values().stream().mapToInt(Integer::intValue).max().orElseThrow(),
        (double) (vectors.length - alone) / vectors.length);
  }

  private static Map<List<Integer>, Integer> buckets(int[][] codes) {
    Map<List<Integer>, Integer> buckets = new HashMap<>();
    for (int[] id : codes) {
      List<Integer> key = new ArrayList<>(id.length);
      for (int code : id) {
        key.add(code);
      }
      buckets.merge(key, 1, Integer::sum);
    }
    return buckets;
  }

  private static List<Level> levels(ResidualCodebook codebook, float[][] vectors, int[][] codes) {
    double whole = Squares.sum(vectors);
    Residuals residuals = Residuals.of(vectors);
    List<Level> levels = new ArrayList<>();
    for (int l = 0; l < codebook.shape().levels(); l++) {
      int level = l;
      residuals.subtract(codebook.centroids(level), row -> codes[row][level]);
      int[] uses = uses(codes, level, codebook.shape().width());
      double left = whole == 0 ? 0 : residuals.energy() / whole;
      levels.add(new Level(left, used(uses), perplexity(uses, codes.length)));
    }
    return levels;
  }

  private static int[] uses(int[][] codes, int level, int width) {
    int[] uses = new int[width];
    for (int[] id : codes) {
      uses[id[level]]++;
    }
    return uses;
  }

  private static int used(int[] uses) {
    return (int) Arrays.stream(uses).filter(count -> count > 0).count();
  }

  private static double perplexity(int[] uses, int items) {
    double entropy = 0;
    for (int count : uses) {
      double share = (double) count / items;
      entropy -= count == 0 ? 0 : share * Math.log(share);
    }
    return Math.exp(entropy);
  }
}
