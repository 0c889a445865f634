package io.sidestream.chaos.schedule;

import static io.sidestream.schemas.Checks.check;

import java.time.Duration;
import java.util.Locale;

/**
 * One fault of a schedule.
 *
 * @param at since the start of the schedule
 * @param held until it is over: the process starts again, the network is whole
 * @param seed of all else that is random about it
 */
public record ScheduledFault(Duration at, Fault fault, Target target, Duration held, long seed) {
  public ScheduledFault {
    check(!at.isNegative() && !held.isNegative(), "step at %s is held for %s", at, held);
    check(fault.targets().contains(target), "%s cannot befall %s", fault, target);
  }

  /** When it is over, since the start of the schedule. */
  public Duration end() {
    return at.plus(held);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%6.1f s  %-13s %-8s for %.1f s",
        at.toMillis() / 1000.0,
        fault.name().toLowerCase(Locale.ROOT),
        target.label(),
        held.toMillis() / 1000.0);
  }
}
