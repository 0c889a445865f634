package io.sidestream.ingest.cluster;

import java.util.Locale;

/** Where a job keeps its keyed state, by Flink's own names. */
public enum StateBackend {
  /** On the heap; each checkpoint holds all of it. */
  HASHMAP,
  /**
   * On disk; checkpoints hold what changed. Flink's distribution brings it, this program cannot.
   */
  ROCKSDB;

  String flinkName() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isIncremental() {
    return this != HASHMAP;
  }
}
