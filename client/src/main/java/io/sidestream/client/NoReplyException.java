package io.sidestream.client;

import java.time.Duration;

/** A broker has the request, but no reply came in time. */
public final class NoReplyException extends RuntimeException {
  NoReplyException(Duration timeout) {
    super(
        "no reply within %s: is an index running at this broker?"
            .formatted(ClientTimes.text(timeout)));
  }
}
