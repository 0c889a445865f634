package io.sidestream.ingest.pairs;

import static io.sidestream.schemas.Checks.checkRange;

/**
 * A part of a row in state. A row lies in 2^level chunks, by the hash of its entries' names.
 *
 * @param level of the row, in its chunk 0; of no meaning in others
 */
record RowChunk(int level, CountRow counts) {
  /** Highest level; chunks of a row of this level grow without bound. */
  static final int MAX_LEVEL = 16;

  /** A chunk larger than this many bytes makes the row's level rise. */
  static final int MAX_BYTES = 4096;

  private static final int FNV_OFFSET = 0x811C9DC5;
  private static final int FNV_PRIME = 0x01000193;

  RowChunk {
    checkRange(level, 0, MAX_LEVEL, "level of a row is %d");
  }

  /** The chunk of an entry: part of the layout of state, so it must never change. */
  static int of(byte[] name, int length, int level) {
    int hash = FNV_OFFSET;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ name[i]) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
    return (hash ^ (hash >>> 13)) & ((1 << level) - 1);
  }
}
