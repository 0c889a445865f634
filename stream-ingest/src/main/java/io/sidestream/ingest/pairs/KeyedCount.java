package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;

/**
 * How often the pair of a key was met so far.
 *
 * @param key the pair, as text on the wire
 */
record KeyedCount(String key, long total) {
  static final ValueType<KeyedCount> TYPE =
      new ValueType<>(KeyedCount.class, KeyedCountSerializer.INSTANCE);

  /** Whichever came later: a total replaces the one before. */
  KeyedCount then(KeyedCount later) {
    return later;
  }
}
