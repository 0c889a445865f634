package io.sidestream.benchmarks.pairs;

import java.util.Locale;

/** Who counts. */
enum Side {
  /** A loop over events in memory. */
  LOOP,
  /** The same loop between Kafka's own clients, exactly once. */
  KAFKA,
  /** The same, with one transaction when all is read: each total is written once. */
  KAFKA_ONCE,
  /** The counting job as it ships, on Flink in the process. */
  JOB,
  /** The counting job with its state in RocksDB. */
  JOB_ON_DISK;

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean isJob() {
    return this == JOB || this == JOB_ON_DISK;
  }
}
