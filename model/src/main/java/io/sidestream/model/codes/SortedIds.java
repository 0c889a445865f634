package io.sidestream.model.codes;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;

/** IDs in one array, distinct, in lexicographic order. Shape: [id * levels + level]. */
final class SortedIds {
  private static final int CODE_BITS = 16;
  private static final long CODE_MASK = (1L << CODE_BITS) - 1;

  /** As many codes as a number of 64 bits holds: such IDs are sorted as numbers. */
  private static final int MAX_PACKED_LEVELS = Long.SIZE / CODE_BITS;

  private SortedIds() {}

  /** These IDs, each of shape [level]. */
  static int[] of(CodebookShape shape, Collection<int[]> ids) {
    for (int[] id : ids) {
      checkEqual(id.length, shape.levels(), "id has %d codes");
      for (int code : id) {
        check(code >= 0 && code < shape.width(), "code %d of %d", code, shape.width());
      }
    }
    return shape.levels() <= MAX_PACKED_LEVELS
        ? unpack(ids.stream().mapToLong(SortedIds::pack).toArray(), shape.levels())
        : concat(ids, shape.levels());
  }

  /** The order of these numbers, unsigned, is that of the IDs. */
  private static long pack(int[] id) {
    long packed = 0;
    for (int code : id) {
      packed = (packed << CODE_BITS) | code;
    }
    return packed + Long.MIN_VALUE; // signed order from here on
  }

  private static int[] unpack(long[] packed, int levels) {
    Arrays.sort(packed);
    int[] sorted = new int[packed.length * levels];
    int to = 0;
    for (int i = 0; i < packed.length; i++) {
      if (i == 0 || packed[i] != packed[i - 1]) {
        for (int level = 0; level < levels; level++) {
          long shifted = (packed[i] - Long.MIN_VALUE) >>> (CODE_BITS * (levels - 1 - level));
          sorted[to++] = (int) (shifted & CODE_MASK);
        }
      }
    }
    return Arrays.copyOf(sorted, to);
  }

  private static int[] concat(Collection<int[]> ids, int levels) {
    int[][] sorted = ids.toArray(int[][]::new);
    Arrays.sort(sorted, Arrays::compare);
    int[] flat = new int[sorted.length * levels];
    int to = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || !Arrays.equals(sorted[i], sorted[i - 1])) {
        System.arraycopy(sorted[i], 0, flat, to, levels);
        to += levels;
      }
    }
    return Arrays.copyOf(flat, to);
  }

  /**
   * The IDs of both, without some.
   *
   * @param gone of the first ones, by their number
   * @param added none of which is among the first ones
   */
  static int[] merge(int levels, int[] ids, BitSet gone, int[] added) {
    int[] merged = new int[ids.length - gone.cardinality() * levels + added.length];
    int from = 0; // in ids
    int to = 0;
    int next = 0; // in added
    while (to < merged.length) {
      int insertion = next < added.length ? place(levels, ids, added, next) : ids.length;
      int removal = gone.nextSetBit(from / levels) * levels;
      int end = removal < 0 ? insertion : Math.min(insertion, removal);
      System.arraycopy(ids, from, merged, to, end - from);
      to += end - from;
      from = end;
      if (end == insertion && next < added.length) {
        System.arraycopy(added, next, merged, to, levels);
        next += levels;
        to += levels;
      } else if (end == removal) {
        from += levels;
      }
    }
    return merged;
  }

  /** Where an ID belongs among others, by binary search. */
  private static int place(int levels, int[] ids, int[] added, int at) {
    int low = 0;
    int high = ids.length / levels;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int begin = middle * levels;
      if (Arrays.compare(ids, begin, begin + levels, added, at, at + levels) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low * levels;
  }

  /** The first level at which the ID that begins here differs from the one before; 0 for none. */
  static int firstDifference(int[] ids, int at, int levels) {
    if (at == 0) {
      return 0;
    }
    int level = 0;
    while (ids[at + level] == ids[at - levels + level]) {
      level++;
    }
    return level;
  }
}
