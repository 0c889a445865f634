package io.sidestream.client;

/**
 * A user's events in the log that no erasure covers.
 *
 * @param interactions on the topic of interactions, by key
 * @param searches on the topic of searches, by the user that they name
 */
public record UserEvents(long interactions, long searches) {
  /** No events. */
  static final UserEvents NONE = new UserEvents(0, 0);
}
