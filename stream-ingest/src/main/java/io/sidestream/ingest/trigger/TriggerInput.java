package io.sidestream.ingest.trigger;

import java.time.Duration;
import java.util.Optional;

/**
 * Input of {@link TrainingTriggerPolicy}.
 *
 * @param newEvents events since the last corpus
 * @param sinceRequest time since the last request; empty when there was none
 * @param sinceFirstEvent time since the first new event was seen; zero when there is none
 * @param items items in the catalogue
 * @param uncoded those of them that are new or changed since the last corpus, and that no live
 *     generation was trained on
 */
record TriggerInput(
    long newEvents,
    Optional<Duration> sinceRequest,
    Duration sinceFirstEvent,
    long items,
    long uncoded) {

  /** Whether there is anything to train on: new events, or an earlier corpus. */
  boolean hasEvents() {
    return newEvents > 0 || sinceRequest.isPresent();
  }

  /** Waiting time of the new events: since the last request, else since the first of them. */
  Duration waited() {
    return sinceRequest.orElse(sinceFirstEvent);
  }

  /** In [0, 1]; 0 for an empty catalogue. */
  double uncodedShare() {
    return items == 0 ? 0 : (double) uncoded / items;
  }
}
