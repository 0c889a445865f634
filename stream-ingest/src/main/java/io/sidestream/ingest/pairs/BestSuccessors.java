package io.sidestream.ingest.pairs;

import io.sidestream.schemas.avro.AvroBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The items that followed an item most, highest count first, ties by item. Bytes are not copied:
 * state keeps them as they are.
 *
 * @param bytes of all, one behind the other, each as a record of the topic has it: item, count; not
 *     to be changed
 */
record BestSuccessors(int size, byte[] bytes) {
  static final BestSuccessors NONE = new BestSuccessors(0, new byte[0]);

  /**
   * An item that followed. Its name is not copied: it is read to make a list of others.
   *
   * @param item in UTF-8; not to be changed
   * @param count in millionths
   */
  record Successor(byte[] item, long count) {
    /** Highest count first, ties by item, which the topic orders by UTF-16 unit. */
    static final Comparator<Successor> BEST_FIRST =
        (one, other) ->
            one.count == other.count
                ? Utf8Names.compareByUtf16(one.item, other.item)
                : Long.compare(other.count, one.count);

    private static final Comparator<Successor> BY_ITEM =
        (one, other) -> Arrays.compareUnsigned(one.item, other.item);
  }

  /** The best of all successors; counts of 0 or less are left out. */
  static BestSuccessors of(List<Successor> all, int limit) {
    List<Successor> sorted = new ArrayList<>(all);
    sorted.removeIf(each -> each.count <= 0);
    sorted.sort(Successor.BEST_FIRST);
    return ordered(sorted, limit);
  }

  /**
   * The best after some counts changed; empty where one that is not listed may have become one of
   * them, so that only all counts can say.
   *
   * @param changed different successors with their counts now, 0 or less for none
   * @param limit most of them, the same as before
   */
  Optional<BestSuccessors> after(List<Successor> changed, int limit) {
    Successor[] byItem = changed.toArray(Successor[]::new);
    Arrays.sort(byItem, Successor.BY_ITEM);
    List<Successor> unchanged = new ArrayList<>(size);
    for (Successor each : list()) {
      int at = Arrays.binarySearch(byItem, each, Successor.BY_ITEM);
      if (at < 0) {
        unchanged.add(each);
      } else if (size == limit && byItem[at].count < each.count) {
        return Optional.empty();
      }
    }
    Arrays.sort(byItem, Successor.BEST_FIRST);
    List<Successor> merged = new ArrayList<>(limit);
    int next = 0;
    for (Successor each : byItem) {
      if (each.count <= 0 || merged.size() >= limit) {
        break;
      }
      while (next < unchanged.size()
          && Successor.BEST_FIRST.compare(unchanged.get(next), each) < 0) {
        merged.add(unchanged.get(next++));
      }
      merged.add(each);
    }
    merged.addAll(unchanged.subList(next, unchanged.size()));
    return Optional.of(ordered(merged, limit));
  }

  private static BestSuccessors ordered(List<Successor> best, int limit) {
    int size = Math.min(best.size(), limit);
    int bytes = 0;
    for (Successor each : best.subList(0, size)) {
      bytes += each.item.length + 2 * AvroBytes.MAX_VARINT;
    }
    AvroBytes out = new AvroBytes(bytes);
    for (Successor each : best.subList(0, size)) {
      out.string(each.item, 0, each.item.length);
      out.number(each.count);
    }
    return new BestSuccessors(size, out.take());
  }

  List<Successor> list() {
    List<Successor> list = new ArrayList<>(size);
    AvroBytes.Reader in = new AvroBytes.Reader(bytes);
    for (int i = 0; i < size; i++) {
      list.add(new Successor(in.string(), in.number()));
    }
    return list;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BestSuccessors that
        && size == that.size
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
