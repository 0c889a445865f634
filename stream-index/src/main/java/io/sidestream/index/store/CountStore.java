package io.sidestream.index.store;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A store of counts by key, with the offsets up to which they are applied. Thread-safe; one thread
 * writes.
 */
public interface CountStore<K, V> {
  /*
   * Offsets are written in the same batch as the counts: after a crash the consumer resumes exactly
   * after the last stored record.
   */

  /**
   * Writes counts and the offsets to resume from, atomically.
   *
   * @param changes by key; empty where nothing is left of it
   * @param nextOffsets for each partition read, the offset after the last record read
   */
  void apply(Map<K, Optional<V>> changes, Map<Integer, Long> nextOffsets);

  /** The offset to resume from, by partition. */
  SortedMap<Integer, Long> nextOffsets();
}
