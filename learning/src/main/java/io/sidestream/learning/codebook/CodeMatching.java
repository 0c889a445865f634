package io.sidestream.learning.codebook;

import static io.sidestream.schemas.Checks.checkEqual;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Numbers the codes of each level again, so that as many items as possible keep the code that they
 * had in an earlier codebook.
 *
 * <p>Legend: N items, L levels, K codes of a level, D dimensions.
 */
public final class CodeMatching {
  /*
   * K-means numbers its clusters in the order of its seeds, so two trainings on nearly the same
   * items find similar clusters under other numbers. Items of both vote: for each new and each
   * former code of a level, count the items that have both; a bipartite matching of maximum weight
   * gives each new code one former number [1]. No other numbering lets more items keep their code
   * of that level; whole IDs follow from the levels and are not maximized themselves.
   *
   * Levels are tables of their own, each of centroids in the full space. So to number a level again
   * moves rows of its table and changes the codes with them: reconstructions, loads and errors stay
   * as they are. One thing depends on numbers: of equal centroids encoding takes the lower. Small
   * catalogues have such twins, spare copies that no item has; one that items have comes first.
   *
   * Of several best matchings the one of LinearAssignment is taken: new codes enter in ascending
   * order, and the lower former code is taken on a tie. Codes without items take the numbers that
   * are left, in order. [1] Baikalov et al. 2026, arXiv 2604.13273
   */

  /** Most codes of a level that are matched: the matrix takes 64 MiB. */
  public static final int MAX_WIDTH = 4_096;

  private final int width;
  private final boolean[] used; // by code: whether an item has it
  private final int[] numbers; // by code: its new number

  private CodeMatching(int width) {
    this.width = width;
    this.used = new boolean[width];
    this.numbers = new int[width];
  }

  /**
   * The codebook and its codes with other numbers.
   *
   * @param former codes of each vector's item in the earlier codebook of the same shape, (N, L); of
   *     length 0 for an item that it did not have
   */
  public static FittedCodebook align(FittedCodebook fitted, int[][] former) {
    ResidualCodebook codebook = fitted.codebook();
    CodebookShape shape = codebook.shape();
    checkRange(shape.width(), 2, MAX_WIDTH, "level of %d codes");
    checkEqual(former.length, fitted.codes().length, "former codes of %d items");
    float[][] centroids = new float[shape.levels()][];
    int[][] codes = new int[former.length][shape.levels()];
    for (int level = 0; level < centroids.length; level++) {
      float[] table = codebook.centroids(level);
      int[] numbers =
          new CodeMatching(shape.width())
              .numbers(
                  ResidualKMeans.column(fitted.codes(), level),
                  ResidualKMeans.column(former, level),
                  table);
      centroids[level] = moved(table, numbers);
      for (int row = 0; row < codes.length; row++) {
        codes[row][level] = numbers[fitted.codes()[row][level]];
      }
    }
    return new FittedCodebook(new ResidualCodebook(shape, codebook.dimensions(), centroids), codes);
  }

  private int[] numbers(int[] codes, int[] former, float[] table) {
    Arrays.stream(codes).forEach(code -> used[code] = true);
    match(codes, former);
    preferUsed(table);
    return numbers;
  }

  private void match(int[] codes, int[] former) {
    int[] rows = new int[width]; // of the matrix, by used code
    int[] of = IntStream.range(0, width).filter(code -> used[code]).toArray();
    for (int row = 0; row < of.length; row++) {
      rows[of[row]] = row;
    }
    float[] costs = new float[of.length * width]; // minus the items that have both
    for (int item = 0; item < codes.length; item++) {
      if (former[item] >= 0) {
        costs[rows[codes[item]] * width + former[item]]--;
      }
    }
    int[] matched = LinearAssignment.columns(costs, width);
    boolean[] taken = new boolean[width];
    for (int row = 0; row < of.length; row++) {
      numbers[of[row]] = matched[row];
      taken[matched[row]] = true;
    }
    int[] left = IntStream.range(0, width).filter(number -> !taken[number]).toArray();
    int next = 0;
    for (int code = 0; code < width; code++) {
      numbers[code] = used[code] ? numbers[code] : left[next++];
    }
  }

  /** Of equal centroids with items and without, one with items gets the lowest number. */
  private void preferUsed(float[] table) {
    int dimensions = table.length / width;
    int[] codeOf = new int[width];
    for (int code = 0; code < width; code++) {
      codeOf[numbers[code]] = code;
    }
    Map<List<Float>, Integer> lowest = new HashMap<>();
    for (int code : codeOf) {
      List<Float> centroid = centroid(table, code, dimensions);
      Integer first = lowest.putIfAbsent(centroid, code);
      if (first != null && used[code] && !used[first]) {
        int number = numbers[code];
        numbers[code] = numbers[first];
        numbers[first] = number;
        lowest.put(centroid, code);
      }
    }
  }

  private static List<Float> centroid(float[] table, int code, int dimensions) {
    List<Float> centroid = new ArrayList<>(dimensions);
    for (int d = 0; d < dimensions; d++) {
      centroid.add(table[code * dimensions + d]);
    }
    return centroid;
  }

  /** Each centroid at its number, (K * D). */
  private static float[] moved(float[] table, int[] numbers) {
    int dimensions = table.length / numbers.length;
    float[] moved = new float[table.length];
    for (int code = 0; code < numbers.length; code++) {
      System.arraycopy(table, code * dimensions, moved, numbers[code] * dimensions, dimensions);
    }
    return moved;
  }
}
