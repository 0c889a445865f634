package io.sidestream.model.ranking;

import java.util.Arrays;

/** Some rows of a catalogue, each 0 or more: a hash table of numbers. Immutable. */
final class RowSet {
  static final RowSet EMPTY = new RowSet(new int[0]);

  private static final int FREE = -1;

  private final int[] slots; // a power of two of them, at least half of them free

  RowSet(int... rows) {
    this.slots = new int[2 * Integer.highestOneBit(Math.max(1, 2 * rows.length))];
    Arrays.fill(slots, FREE);
    for (int row : rows) {
      slots[slot(row)] = row;
    }
  }

  boolean has(int row) {
    return slots[slot(row)] == row;
  }

  private int slot(int row) {
    int slot = ((row * 0x9e3779b9) >>> 7) & (slots.length - 1);
    while (slots[slot] != FREE && slots[slot] != row) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
