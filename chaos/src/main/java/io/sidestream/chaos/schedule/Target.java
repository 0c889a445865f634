package io.sidestream.chaos.schedule;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a fault befalls: one process, or the system as a whole. */
public enum Target {
  BROKER,
  INGEST,
  TRAINER,
  INDEX_1,
  INDEX_2,
  SYSTEM,
  FLINK_JOBMANAGER,
  FLINK_TASKMANAGER;

  /** Of a system whose ingest runs Flink itself. */
  public static final Set<Target> LOCAL = Set.copyOf(EnumSet.range(BROKER, SYSTEM));

  /** Of one with a Flink cluster. */
  public static final Set<Target> WITH_FLINK = Set.copyOf(EnumSet.allOf(Target.class));

  /** All processes. */
  public static final Set<Target> PROCESSES = Set.copyOf(EnumSet.complementOf(EnumSet.of(SYSTEM)));

  /** Processes that reach the broker over a network of their own. */
  public static final Set<Target> CLIENTS =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(SYSTEM, BROKER)));

  /** The two indexes. */
  public static final Set<Target> INDEXES = Set.of(INDEX_1, INDEX_2);

  /** For directories and logs, for example {@code index-1}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
