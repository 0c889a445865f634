package io.sidestream.learning.quantizer;

import io.sidestream.learning.codebook.BoundedAssignment;
import io.sidestream.learning.codebook.CodeUsage;
import io.sidestream.learning.codebook.LinearAssignment;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Another quantizer whose last codes are reassigned, so that no two vectors share an ID where a
 * prefix has no more vectors than the last level has codes.
 *
 * @param quantizer whose codes above the last stay as they are
 */
record UniqueIds(Quantizer quantizer) implements Quantizer {
  /*
   * Items that share an ID are left to a tie-break; the codes above the last carry what an item is
   * like and must not change, the last may. Within each prefix the vectors are matched one to one
   * to the last level's codes, so that the sum of squared distances between what the prefix leaves
   * of them and the codes' centroids is least (LinearAssignment): the best that is possible, where
   * [1] takes codes in the order of distance. Centroids are the means that CentroidEstimator gives,
   * which for residual k-means are its own. A prefix with m vectors and fewer codes is filled
   * evenly instead: no code gets more than ceil(m / width), nearest first (BoundedAssignment);
   * those are the vectors that still share an ID, and a balanced quantizer below has none. [1]
   * arXiv 2605.25330
   */
  /**
   * Most vectors of a prefix that are matched exactly: matching is cubic. More are bounded by 1.
   */
  static final int MAX_EXACT = 1_024;

  @Override
  public String name() {
    return quantizer.name() + ", unique IDs";
  }

  @Override
  public Quantized fit(float[][] vectors, long seed, TrainingProgress progress) {
    Quantized first = quantizer.fit(vectors, seed, progress);
    progress.stage("unique ids", "%,d vectors", vectors.length);
    ResidualCodebook codebook = first.codebook(vectors);
    int[][] codes = unique(codebook, vectors, first.codes());
    progress.finished("unique ids", shared(first.shape(), codes));
    return new Quantized(first.shape(), codes, codebook.decode(codes), first.losses());
  }

  private static String shared(CodebookShape shape, int[][] codes) {
    return String.format(
        Locale.ROOT,
        "%.1f %% of the vectors share their id",
        100 * CodeUsage.of(shape, codes).collisionRate());
  }

  /** The same codes but for the last of each, shape [vector][level]. */
  static int[][] unique(ResidualCodebook codebook, float[][] vectors, int[][] codes) {
    int last = codebook.shape().levels() - 1;
    float[] centroids = codebook.centroids(last);
    int[][] renamed = Arrays.stream(codes).map(int[]::clone).toArray(int[][]::new);
    prefixes(codes, last).stream()
        .parallel()
        .forEach(
            rows -> {
              float[] costs = costs(codebook, centroids, vectors, codes, rows);
              int[] assigned = assigned(costs, codebook.shape().width());
              for (int i = 0; i < rows.length; i++) {
                renamed[rows[i]][last] = assigned[i];
              }
            });
    return renamed;
  }

  private static int[] assigned(float[] costs, int width) {
    int rows = costs.length / width;
    if (rows <= Math.min(width, MAX_EXACT)) {
      return LinearAssignment.columns(costs, width);
    }
    return BoundedAssignment.codes(costs, width, (rows + width - 1) / width);
  }

  /** The rows that agree in all codes but the last. */
  private static List<int[]> prefixes(int[][] codes, int last) {
    Map<List<Integer>, Integer> numbers = new HashMap<>();
    Map<Integer, List<Integer>> rows = new TreeMap<>();
    for (int row = 0; row < codes.length; row++) {
      List<Integer> prefix = Arrays.stream(codes[row], 0, last).boxed().toList();
      int number = numbers.computeIfAbsent(prefix, key -> numbers.size());
      rows.computeIfAbsent(number, key -> new ArrayList<>()).add(row);
    }
    return rows.values().stream()
        .map(some -> some.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /** Squared distances of what the prefix leaves, row-major (rows, width). */
  private static float[] costs(
      ResidualCodebook codebook, float[] centroids, float[][] vectors, int[][] codes, int[] rows) {
    int width = codebook.shape().width();
    int last = codebook.shape().levels() - 1;
    float[] costs = new float[rows.length * width];
    float[] decoded = codebook.decode(codes[rows[0]]);
    int own = codes[rows[0]][last] * decoded.length;
    IntStream.range(0, decoded.length).forEach(d -> decoded[d] -= centroids[own + d]);
    for (int i = 0; i < rows.length; i++) {
      for (int code = 0; code < width; code++) {
        double sum = 0;
        for (int d = 0; d < decoded.length; d++) {
          double difference =
              vectors[rows[i]][d] - decoded[d] - centroids[code * decoded.length + d];
          sum += difference * difference;
        }
        costs[i * width + code] = (float) sum;
      }
    }
    return costs;
  }
}
