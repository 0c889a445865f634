package io.sidestream.client;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import java.time.Duration;

/**
 * How a client waits for replies.
 *
 * @param timeout from a request to its reply; the request's deadline, unless it has one
 * @param attempts how often a request is sent in that time, while it has no reply, with one id
 * @param maxOpen requests without a reply at once; one more is refused
 */
public record ClientOptions(Duration timeout, int attempts, int maxOpen) {
  /** Most attempts of one request. */
  public static final int MAX_ATTEMPTS = 10;

  /** Largest number of open requests. */
  public static final int LARGEST_MAX_OPEN = 100_000;

  /** Attempts where none are given. */
  public static final int DEFAULT_ATTEMPTS = 3;

  /** Open requests where none are given. */
  public static final int DEFAULT_MAX_OPEN = 4_096;

  public ClientOptions {
    check(timeout.toMillis() > 0, "timeout is %s, expected 1 ms or more", timeout);
    checkRange(attempts, 1, MAX_ATTEMPTS, "client makes %d attempts");
    checkRange(maxOpen, 1, LARGEST_MAX_OPEN, "client has %d open requests");
  }

  /** With this time-out, the usual otherwise. */
  public static ClientOptions of(Duration timeout) {
    return new ClientOptions(timeout, DEFAULT_ATTEMPTS, DEFAULT_MAX_OPEN);
  }

  /** Time from one attempt to the next. */
  Duration interval() {
    return timeout.dividedBy(attempts);
  }
}
