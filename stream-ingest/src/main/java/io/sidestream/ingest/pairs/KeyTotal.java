package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;

/**
 * How often the pair of a key was met so far.
 *
 * @param key the pair, as text on the wire
 */
record KeyTotal(String key, long total) {
  static final ValueType<KeyTotal> TYPE =
      new ValueType<>(KeyTotal.class, KeyTotalSerializer.INSTANCE);

  /** Whichever came later: a total replaces the one before. */
  KeyTotal then(KeyTotal later) {
    return later;
  }
}
