package io.sidestream.schemas.kafka;

import static io.sidestream.schemas.Checks.check;

import java.time.Instant;
import java.util.Optional;

/**
 * Selects rejected records.
 *
 * @param reason reason code
 * @param since rejected at this time or later
 * @param until rejected before this time
 */
public record RejectedFilter(
    Optional<String> reason, Optional<Instant> since, Optional<Instant> until) {
  /** Selects all. */
  public static final RejectedFilter ALL =
      new RejectedFilter(Optional.empty(), Optional.empty(), Optional.empty());

  public RejectedFilter {
    if (since.isPresent() && until.isPresent()) {
      check(
          since.get().isBefore(until.get()),
          "since is %s, expected a time before until, %s",
          since.get(),
          until.get());
    }
  }

  /** Whether a record is selected. */
  public boolean matches(RejectedEntry entry) {
    return reason.map(entry.reason()::equals).orElse(true)
        && since.map(from -> !entry.at().isBefore(from)).orElse(true)
        && until.map(to -> entry.at().isBefore(to)).orElse(true);
  }
}
