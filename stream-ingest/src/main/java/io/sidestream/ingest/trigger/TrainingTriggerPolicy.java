package io.sidestream.ingest.trigger;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.TrainingRequest.Reason;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Thresholds at which a training is requested. A threshold of zero is never reached.
 *
 * @param newEvents interactions and searches since the last corpus
 * @param age time since the last request, when there was at least one new event
 * @param uncodedShare share of the catalogue, in [0, 1], that is new or changed since the last
 *     corpus and that no live generation was trained on
 * @param minimumInterval shortest time between two requests
 * @param commitGracePeriod time from the checkpoint that counts the events to the request, in which
 *     the counts are committed
 */
public record TrainingTriggerPolicy(
    long newEvents,
    Duration age,
    double uncodedShare,
    Duration minimumInterval,
    Duration commitGracePeriod)
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
    check(
        !commitGracePeriod.isNegative(),
        "commit grace period is %s, expected zero or more",
        commitGracePeriod);
  }

  /** The threshold that was reached, and the numbers in words. */
  record Trigger(Reason reason, String detail) {}

  /** The threshold that the input reaches, if any: events first, then items, then time. */
  Optional<Trigger> trigger(TriggerInput input) {
    if (input.sinceRequest().map(this::tooEarly).orElse(false) || !input.hasEvents()) {
      return Optional.empty();
    }
    return events(input).or(() -> items(input)).or(() -> time(input));
  }

  private boolean tooEarly(Duration sinceRequest) {
    return sinceRequest.compareTo(minimumInterval) < 0;
  }

  private Optional<Trigger> events(TriggerInput input) {
    if (newEvents == 0 || input.newEvents() < newEvents) {
      return Optional.empty();
    }
    return trigger(
        Reason.NEW_EVENTS, "%,d new events, threshold %,d", input.newEvents(), newEvents);
  }

  private Optional<Trigger> items(TriggerInput input) {
    if (uncodedShare == 0 || input.uncodedShare() < uncodedShare) {
      return Optional.empty();
    }
    return trigger(
        Reason.UNCODED_ITEMS,
        "%,d of %,d items are new or changed since the last corpus, threshold %.0f %%",
        input.uncoded(),
        input.items(),
        100 * uncodedShare);
  }

  private Optional<Trigger> time(TriggerInput input) {
    if (age.isZero() || input.newEvents() == 0 || input.waited().compareTo(age) < 0) {
      return Optional.empty();
    }
    return trigger(
        Reason.AGE,
        "%s since the last request, threshold %s, with %,d new events",
        input.waited(),
        age,
        input.newEvents());
  }

  private static Optional<Trigger> trigger(Reason reason, String detail, Object... arguments) {
    return Optional.of(new Trigger(reason, String.format(Locale.ROOT, detail, arguments)));
  }
}
