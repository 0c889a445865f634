package io.sidestream.learning.codebook;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.Perplexity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How evenly the codes of a catalogue's items are used, and how many items share an ID.
 *
 * @param levels coarse to fine
 * @param distinctIds how many different IDs the items have
 * @param largestBucket how many items share the most frequent ID
 * @param collisionRate share of items whose ID another item has too, in [0, 1]
 */
public record CodeUsage(
    List<Level> levels, int distinctIds, int largestBucket, double collisionRate) {
  /**
   * @param usedCodes how many of the codes an item has
   * @param perplexity exponential of the entropy of code use: 1 where one code is used, K where all
   *     are alike
   */
  public record Level(int usedCodes, double perplexity) {}

  public CodeUsage {
    levels = List.copyOf(levels);
  }

  /**
   * @param codes shape [item][level], at least one
   */
  public static CodeUsage of(CodebookShape shape, int[][] codes) {
    check(codes.length > 0, "no coded items, expected 1 or more");
    Map<List<Integer>, Integer> buckets = buckets(codes);
    int alone = (int) buckets.values().stream().filter(size -> size == 1).count();
    return new CodeUsage(
        IntStream.range(0, shape.levels())
            .mapToObj(level -> level(uses(codes, level, shape.width())))
            .toList(),
        buckets.size(),
        buckets.values().stream().mapToInt(Integer::intValue).max().orElseThrow(),
        (double) (codes.length - alone) / codes.length);
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

  /**
   * How many items have each code of a level, shape [code].
   *
   * @param codes shape [item][level]
   */
  public static int[] uses(int[][] codes, int level, int width) {
    int[] uses = new int[width];
    for (int[] id : codes) {
      uses[id[level]]++;
    }
    return uses;
  }

  private static Level level(int[] uses) {
    return new Level(
        (int) Arrays.stream(uses).filter(count -> count > 0).count(), Perplexity.of(uses));
  }
}
