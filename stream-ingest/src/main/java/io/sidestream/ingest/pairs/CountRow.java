package io.sidestream.ingest.pairs;

import static io.sidestream.schemas.Checks.check;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers by name, in one array of bytes: what a row of counts holds, or changes of it. Immutable.
 *
 * <p>Layout: entries in the order of their names' bytes of UTF-8; of each the length of what its
 * name shares with the one before, the length of the rest, the rest, and the number; lengths are
 * varints, the number is one after zigzag.
 */
final class CountRow {
  /*
   * Names are text and stay text, so that two are never taken for one and nothing has to be looked
   * up to write a record. Sorted, with what they share left out, they take few bytes, and two rows
   * are merged in one pass. A row goes as it is to state, to a checkpoint and to another subtask.
   */
  static final CountRow NONE = new CountRow(new byte[0]);

  private final byte[] bytes;

  /** Takes the array as its own. */
  private CountRow(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes entries. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param name an array whose first {@code length} bytes are the name; valid during the call
     */
    void entry(byte[] name, int length, long number);
  }

  /** A row with one entry. */
  static CountRow of(String name, long number) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    CountRowBuilder builder = new CountRowBuilder();
    builder.add(utf8, utf8.length, number);
    return builder.take();
  }

  /** The row that {@link #bytes()} gave. */
  static CountRow ofBytes(byte[] bytes) {
    return bytes.length == 0 ? NONE : new CountRow(bytes);
  }

  /** Its layout; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return bytes.length == 0;
  }

  /** The sum of all numbers. */
  long total() {
    long total = 0;
    for (Cursor cursor = new Cursor(this); cursor.next(); ) {
      total += cursor.number;
    }
    return total;
  }

  /** Hands on each entry, in order. */
  void forEach(Visitor visitor) {
    for (Cursor cursor = new Cursor(this); cursor.next(); ) {
      visitor.entry(cursor.name, cursor.length, cursor.number);
    }
  }

  /** The sums of this and other numbers; those that become 0 are left out. */
  CountRow plus(CountRow changes) {
    return plus(changes, (name, length, sum) -> {});
  }

  /**
   * The sums of this and other numbers; those that become 0 are left out.
   *
   * @param changed takes the sum of each entry of the other, 0 included
   */
  CountRow plus(CountRow changes, Visitor changed) {
    CountRowBuilder sums = new CountRowBuilder(bytes.length + changes.bytes.length);
    Cursor kept = new Cursor(this);
    Cursor change = new Cursor(changes);
    boolean more = kept.next();
    while (change.next()) {
      int order = more ? kept.compareTo(change) : 1;
      while (order < 0) {
        sums.add(kept.name, kept.length, kept.number);
        more = kept.next();
        order = more ? kept.compareTo(change) : 1;
      }
      long sum = change.number;
      if (order == 0) {
        sum += kept.number;
        more = kept.next();
      }
      if (sum != 0) {
        sums.add(change.name, change.length, sum);
      }
      changed.entry(change.name, change.length, sum);
    }
    while (more) {
      sums.add(kept.name, kept.length, kept.number);
      more = kept.next();
    }
    return sums.take();
  }

  /** The sums of all of these. */
  static CountRow sum(List<CountRow> rows) {
    if (rows.isEmpty()) {
      return NONE;
    }
    if (rows.size() == 1) {
      return rows.get(0);
    }
    int half = rows.size() / 2; // so that no entry is merged more often than the logarithm
    return sum(rows.subList(0, half)).plus(sum(rows.subList(half, rows.size())));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CountRow that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    forEach(
        (name, length, number) ->
            text.append(text.length() == 1 ? "" : ", ")
                .append(new String(name, 0, length, StandardCharsets.UTF_8))
                .append('=')
                .append(number));
    return text.append('}').toString();
  }

  /** Reads entry by entry. */
  private static final class Cursor {
    private static final int FIRST_CAPACITY = 64;

    private final byte[] bytes;
    private int at;
    private byte[] name = new byte[FIRST_CAPACITY];
    private int length;
    private long number;

    private Cursor(CountRow row) {
      this.bytes = row.bytes;
    }

    private boolean next() {
      if (at == bytes.length) {
        return false;
      }
      int shared = (int) varint();
      int rest = (int) varint();
      check(shared <= length && rest <= bytes.length - at, "row of counts is damaged");
      length = shared + rest;
      if (length > name.length) {
        name = Arrays.copyOf(name, 2 * length);
      }
      System.arraycopy(bytes, at, name, shared, rest);
      at += rest;
      long zigzag = varint();
      number = (zigzag >>> 1) ^ -(zigzag & 1);
      return true;
    }

    private long varint() {
      long value = bytes[at++];
      if (value >= 0) {
        return value;
      }
      value &= 0x7F;
      for (int shift = 7; ; shift += 7) {
        byte next = bytes[at++];
        value |= (long) (next & 0x7F) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }

    private int compareTo(Cursor other) {
      return Arrays.compareUnsigned(name, 0, length, other.name, 0, other.length);
    }
  }
}
