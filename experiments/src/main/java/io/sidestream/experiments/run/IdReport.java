package io.sidestream.experiments.run;

import io.sidestream.learning.codebook.CodeUsage;
import io.sidestream.model.codes.CodebookShape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How well one task's IDs distinguish a catalogue's items.
 *
 * @param buckets how many IDs name one item, two items, and so on: buckets[n - 1] for n items
 * @param uses for each level how many items have each code in use, most used first
 */
public record IdReport(CodeUsage usage, int[] buckets, List<int[]> uses) {
  public IdReport {
    buckets = buckets.clone();
    uses = List.copyOf(uses);
  }

  /** Shape [row][level]. */
  static IdReport of(CodebookShape shape, int[][] codes) {
    CodeUsage usage = CodeUsage.of(shape, codes);
    return new IdReport(
        usage,
        buckets(codes, usage.largestBucket()),
        IntStream.range(0, shape.levels()).mapToObj(level -> uses(codes, level)).toList());
  }

  private static int[] buckets(int[][] codes, int largest) {
    Map<List<Integer>, Integer> sizes = new HashMap<>();
    for (int[] id : codes) {
      sizes.merge(Arrays.stream(id).boxed().toList(), 1, Integer::sum);
    }
    int[] buckets = new int[largest];
    sizes.values().forEach(size -> buckets[size - 1]++);
    return buckets;
  }

  private static int[] uses(int[][] codes, int level) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int[] id : codes) {
      counts.merge(id[level], 1, Integer::sum);
    }
    return counts.values().stream().mapToInt(c -> -c).sorted().map(c -> -c).toArray();
  }
}
