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
  SYSTEM;

  /** All processes. */
  public static final Set<Target> PROCESSES = Set.copyOf(EnumSet.range(BROKER, INDEX_2));

  /** Processes that reach the broker over a network of their own. */
  public static final Set<Target> CLIENTS = Set.copyOf(EnumSet.range(INGEST, INDEX_2));

  /** The two indexes. */
  public static final Set<Target> INDEXES = Set.of(INDEX_1, INDEX_2);

  /** For directories and logs, for example {@code index-1}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
