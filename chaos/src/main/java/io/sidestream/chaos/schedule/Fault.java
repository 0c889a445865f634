package io.sidestream.chaos.schedule;

import java.time.Duration;
import java.util.Set;

/** A kind of fault, whom it may befall, and how long it may last. */
public enum Fault {
  KILL("kill -9, and a start", Target.PROCESSES, 0, 4),
  PAUSE("SIGSTOP, and SIGCONT", Target.PROCESSES, 2, 20),
  RESTART("orderly stop, and a start", Target.PROCESSES, 0, 4),
  DELETED_STATE("kill -9, all state of the index deleted, and a start", Target.INDEXES, 0, 2),
  FLIPPED_BITS("orderly stop, bits of RocksDB files flipped, and a start", Target.INDEXES, 0, 2),
  CUT("no network to the broker", Target.CLIENTS, 3, 25),
  DELAY("a slow network to the broker", Target.CLIENTS, 5, 20),
  FULL_DISK("no space left under the index", Target.INDEXES, 4, 15),
  POISON("records on an input topic that are rejected", Set.of(Target.SYSTEM), 0, 0),
  SWAP("a training, whose generation is swapped in", Set.of(Target.SYSTEM), 0, 0),
  ROLLBACK("a rollback to the generation before", Set.of(Target.SYSTEM), 0, 0);

  private final String description;
  private final Set<Target> targets;
  private final int minSeconds;
  private final int maxSeconds;

  Fault(String description, Set<Target> targets, int minSeconds, int maxSeconds) {
    this.description = description;
    this.targets = targets;
    this.minSeconds = minSeconds;
    this.maxSeconds = maxSeconds;
  }

  /** What is done, for users. */
  public String description() {
    return description;
  }

  /** Whom it may befall. */
  public Set<Target> targets() {
    return targets;
  }

  /** Shortest time until it is over. */
  public Duration min() {
    return Duration.ofSeconds(minSeconds);
  }

  /** Longest time until it is over. */
  public Duration max() {
    return Duration.ofSeconds(maxSeconds);
  }
}
