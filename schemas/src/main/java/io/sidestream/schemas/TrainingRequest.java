package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.time.Instant;

/**
 * Request to train a new generation.
 *
 * @param detail one sentence of explanation, for example {@code 5,000 new events, threshold 5,000}
 * @param corpus what the generation is to be trained on
 */
public record TrainingRequest(
    String catalogue, Reason reason, String detail, CorpusOffsets corpus, Instant requestedAt) {

  /** Most characters in a catalogue's name. */
  public static final int MAX_CATALOGUE = 128;

  public TrainingRequest {
    check(
        !catalogue.isBlank() && catalogue.length() <= MAX_CATALOGUE,
        "catalogue name is \"%s\", expected 1 to %d characters",
        catalogue,
        MAX_CATALOGUE);
    ReasonText.checkLength("training request detail", detail);
  }

  /** The same, requested at another time. */
  public TrainingRequest at(Instant time) {
    return new TrainingRequest(catalogue, reason, detail, corpus, time);
  }

  /** Trigger of a training request. */
  public enum Reason {
    /** Enough new interactions and searches since the last request. */
    NEW_EVENTS,
    /** Enough time since the last request. */
    AGE,
    /** Too large a share of the catalogue came or changed since the last corpus. */
    UNCODED_ITEMS,
    /** Manual request. */
    BY_HAND,
    /** Recall of the live generation on events as they come has fallen. */
    DRIFT
  }
}
