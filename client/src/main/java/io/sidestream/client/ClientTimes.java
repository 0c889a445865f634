package io.sidestream.client;

import java.time.Duration;

/** Durations in sentences. */
final class ClientTimes {
  private ClientTimes() {}

  /** For example {@code 5 s} or {@code 250 ms}. */
  static String text(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
