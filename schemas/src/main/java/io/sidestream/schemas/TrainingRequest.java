package io.sidestream.schemas;

import java.time.Instant;

/**
 * Someone or something asks for a new generation.
 *
 * @param detail one sentence for people, for example {@code 5,000 new events, threshold 5,000}
 * @param corpus what the generation is to be trained on
 */
public record TrainingRequest(
    String catalogue, Reason reason, String detail, CorpusOffsets corpus, Instant requestedAt) {

  /** What made someone ask. */
  public enum Reason {
    /** Enough new interactions and searches since the last request. */
    NEW_EVENTS,
    /** Enough time since the last request. */
    AGE,
    /** Too large a share of the catalogue came or changed since the last corpus. */
    UNCODED_ITEMS,
    /** A person asked. */
    BY_HAND
  }
}
