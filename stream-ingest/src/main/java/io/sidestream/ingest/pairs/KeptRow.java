package io.sidestream.ingest.pairs;

import org.jspecify.annotations.Nullable;

/** The row of counts of one key in state, in chunks, so that a change rewrites a part of it. */
final class KeptRow {
  private final Chunks chunks;

  /** The chunks of the current key, by number. */
  interface Chunks {
    @Nullable RowChunk get(int number) throws Exception;

    void put(int number, RowChunk chunk) throws Exception;

    void remove(int number) throws Exception;
  }

  KeptRow(Chunks chunks) {
    this.chunks = chunks;
  }

  /**
   * Adds changes.
   *
   * @param changed takes the sum of each changed entry, 0 included
   */
  void add(CountRow changes, CountRow.Visitor changed) throws Exception {
    RowChunk first = first();
    int level = first.level();
    CountRow[] parts = split(changes, level);
    boolean large = false;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].isEmpty()) {
        continue;
      }
      CountRow sums = (i == 0 ? first.counts() : counts(i)).plus(parts[i], changed);
      store(i, level, sums);
      large |= sums.bytes().length > RowChunk.MAX_BYTES;
    }
    while (large && level < RowChunk.MAX_LEVEL) {
      large = raise(level);
      level++;
    }
  }

  /** Hands on each entry; in no order. */
  void forEach(CountRow.Visitor visitor) throws Exception {
    RowChunk first = first();
    first.counts().forEach(visitor);
    for (int i = 1; i < 1 << first.level(); i++) {
      counts(i).forEach(visitor);
    }
  }

  /** Whether there is no entry. */
  boolean isEmpty() throws Exception {
    RowChunk first = first();
    boolean empty = first.counts().isEmpty();
    for (int i = 1; empty && i < 1 << first.level(); i++) {
      empty = counts(i).isEmpty();
    }
    return empty;
  }

  private RowChunk first() throws Exception {
    RowChunk first = chunks.get(0);
    return first == null ? new RowChunk(0, CountRow.NONE) : first;
  }

  private CountRow counts(int number) throws Exception {
    RowChunk chunk = chunks.get(number);
    return chunk == null ? CountRow.NONE : chunk.counts();
  }

  /** Keeps no chunk without entries, except the first of a row that has others. */
  private void store(int number, int level, CountRow counts) throws Exception {
    if (counts.isEmpty() && (number > 0 || level == 0)) {
      chunks.remove(number);
    } else {
      chunks.put(number, new RowChunk(number == 0 ? level : 0, counts));
    }
  }

  /** Makes twice as many chunks, and says whether one is still too large. */
  private boolean raise(int level) throws Exception {
    int before = 1 << level;
    boolean large = false;
    for (int i = 0; i < before; i++) {
      CountRow[] parts = split(counts(i), level + 1);
      store(i, level + 1, parts[i]);
      store(i + before, level + 1, parts[i + before]);
      large |= parts[i].bytes().length > RowChunk.MAX_BYTES;
      large |= parts[i + before].bytes().length > RowChunk.MAX_BYTES;
    }
    return large;
  }

  private static CountRow[] split(CountRow row, int level) {
    CountRow[] parts = new CountRow[1 << level];
    if (level == 0) {
      parts[0] = row;
      return parts;
    }
    @Nullable CountRowBuilder[] builders = new CountRowBuilder[1 << level];
    row.forEach(
        (name, length, number) -> {
          int chunk = RowChunk.of(name, length, level);
          if (builders[chunk] == null) {
            builders[chunk] = new CountRowBuilder();
          }
          builders[chunk].add(name, length, number);
        });
    for (int i = 0; i < parts.length; i++) {
      parts[i] = builders[i] == null ? CountRow.NONE : builders[i].take();
    }
    return parts;
  }
}
