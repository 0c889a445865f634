package io.sidestream.ingest.trigger;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.TrainingRequest.Reason;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * When to ask for a training. A threshold of zero never asks.
 *
 * @param newEvents interactions and searches since the last corpus
 * @param age time since the last request, when there was at least one new event
 * @param uncodedShare share of the catalogue, in [0, 1], that came or changed since the last corpus
 *     and that no live generation was trained on
 * @param minimumInterval shortest time between two requests
 * @param settle time between the checkpoint that counts what gave the cause and asking, so that its
 *     counts are committed
 */
public record TrainingTriggerPolicy(
    long newEvents, Duration age, double uncodedShare, Duration minimumInterval, Duration settle)
    implements Serializable {

  public TrainingTriggerPolicy {
    check(newEvents >= 0, "threshold of new events is %d, expected 0 or more", newEvents);
    check(!age.isNegative(), "threshold of age is %s, expected zero or more", age);
    check(
        uncodedShare >= 0 && uncodedShare <= 1,
        "threshold of the uncoded share is %s, expected 0 to 1",
        uncodedShare);
    check(
        !minimumInterval.isNegative(),
        "minimum interval is %s, expected zero or more",
        minimumInterval);
    check(!settle.isNegative(), "settling time is %s, expected zero or more", settle);
  }

  /** What asks for a training, and why, in words. */
  record Cause(Reason reason, String detail) {}

  /** The cause that the situation gives, if any: events first, then items, then time. */
  Optional<Cause> cause(TriggerInput situation) {
    if (situation.sinceRequest().map(this::tooEarly).orElse(false) || !situation.hasEvents()) {
      return Optional.empty();
    }
    return events(situation).or(() -> items(situation)).or(() -> time(situation));
  }

  private boolean tooEarly(Duration sinceRequest) {
    return sinceRequest.compareTo(minimumInterval) < 0;
  }

  private Optional<Cause> events(TriggerInput situation) {
    if (newEvents == 0 || situation.newEvents() < newEvents) {
      return Optional.empty();
    }
    return cause(
        Reason.NEW_EVENTS, "%,d new events, threshold %,d", situation.newEvents(), newEvents);
  }

  private Optional<Cause> items(TriggerInput situation) {
    if (uncodedShare == 0 || situation.uncodedShare() < uncodedShare) {
      return Optional.empty();
    }
    return cause(
        Reason.UNCODED_ITEMS,
        "%,d of %,d items came or changed since the last corpus, threshold %.0f %%",
        situation.uncoded(),
        situation.items(),
        100 * uncodedShare);
  }

  private Optional<Cause> time(TriggerInput situation) {
    if (age.isZero() || situation.newEvents() == 0 || situation.waited().compareTo(age) < 0) {
      return Optional.empty();
    }
    return cause(
        Reason.AGE,
        "%s since the last request, threshold %s, with %,d new events",
        situation.waited(),
        age,
        situation.newEvents());
  }

  private static Optional<Cause> cause(Reason reason, String detail, Object... arguments) {
    return Optional.of(new Cause(reason, String.format(Locale.ROOT, detail, arguments)));
  }
}
