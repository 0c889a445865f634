package io.sidestream.chaos.check;

import java.util.List;
import java.util.Map;

/**
 * What a history shows.
 *
 * @param requests that were sent
 * @param acked of them, that the broker has
 * @param replies that arrived, repeats among them
 * @param statuses effective replies by status
 * @param repeats replies to a request that has one already: they are dropped by their id
 * @param expired requests that had a deadline, and no reply
 * @param events that the broker has
 * @param violations each kind with those who break it; empty where all is well
 */
public record Verdict(
    long requests,
    long acked,
    long replies,
    Map<String, Long> statuses,
    long repeats,
    long expired,
    long events,
    Map<Violation, List<String>> violations) {
  public Verdict {
    statuses = Map.copyOf(statuses);
    violations = Map.copyOf(violations);
  }

  /** What must not be. */
  public enum Violation {
    LOST("requests without a deadline that the broker has, and that have no reply"),
    DOUBLED("replies left after dropping repeats, to no request that was sent"),
    MIXED("replies of two generations, or of one that was never live"),
    UNREADABLE("replies that do not decode"),
    ILLEGAL_ITEM("replies with an item that was never produced"),
    LATE("answers written long after the deadline of their request"),
    LOST_EVENT("events that the broker had, and that are not on their topic"),
    DOUBLED_EVENT("events that are on their topic twice");

    private final String description;

    Violation(String description) {
      this.description = description;
    }

    /** For users. */
    public String description() {
      return description;
    }
  }

  /** Whether nothing is violated. */
  public boolean isClean() {
    return violations.isEmpty();
  }

  /** How often. */
  public long count(Violation violation) {
    return violations.getOrDefault(violation, List.of()).size();
  }
}
