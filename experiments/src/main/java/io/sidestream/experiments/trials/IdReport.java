package io.sidestream.experiments.trials;

import io.sidestream.model.codes.CodebookShape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How well one task's IDs tell a catalogue's items apart.
 *
 * @param distinct how many different IDs there are
 * @param largestBucket how many items share the commonest
 * @param collidedShare share of the items that are not alone behind their ID, in [0, 1]
 * @param buckets how many IDs name one item, two items, and so on: buckets[n - 1] for n items
 * @param levels coarse to fine
 */
public record IdReport(
    int distinct, int largestBucket, double collidedShare, int[] buckets, List<Level> levels) {
  /**
   * One level.
   *
   * @param uses how many items carry each code that any item carries, most used first
   * @param perplexity how many codes used equally often would be as varied; 1 is collapse
   */
  public record Level(int[] uses, double perplexity) {}

  public IdReport {
    levels = List.copyOf(levels);
  }

  /** Shape [row][level]. */
  static IdReport of(CodebookShape shape, int[][] codes) {
    Map<List<Integer>, Integer> sizes = new HashMap<>();
    for (int[] id : codes) {
      sizes.merge(Arrays.stream(id).boxed().toList(), 1, Integer::sum);
    }
    int largest = sizes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    int[] buckets = new int[largest];
    sizes.values().forEach(size -> buckets[size - 1]++);
    int alone = largest == 0 ? 0 : buckets[0];
    return new IdReport(
        sizes.size(),
        largest,
        (double) (codes.length - alone) / codes.length,
        buckets,
        IntStream.range(0, shape.levels())
            .mapToObj(level -> level(codes, level, shape.width()))
            .toList());
  }

  private static Level level(int[][] codes, int level, int width) {
    int[] counts = new int[width];
    double entropy = 0;
    for (int[] id : codes) {
      counts[id[level]]++;
    }
    for (int count : counts) {
      double share = (double) count / codes.length;
      entropy -= count == 0 ? 0 : share * Math.log(share);
    }
    int[] rising = Arrays.stream(counts).filter(count -> count > 0).sorted().toArray();
    int[] falling =
        IntStream.range(0, rising.length).map(i -> rising[rising.length - 1 - i]).toArray();
    return new Level(falling, Math.exp(entropy));
  }
}
