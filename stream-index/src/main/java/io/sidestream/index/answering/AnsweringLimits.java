package io.sidestream.index.answering;

import static io.sidestream.schemas.Checks.check;

import java.time.Duration;

/**
 * How much is answered at once, and what is not answered any more.
 *
 * @param workers prompts answered at once
 * @param maxWait longest wait of a prompt for a worker; what would wait longer is refused
 * @param maxAge of a request without a deadline; older ones are dropped
 */
public record AnsweringLimits(int workers, Duration maxWait, Duration maxAge) {
  public AnsweringLimits {
    check(workers > 0, "%d workers, expected 1 or more", workers);
    check(
        !maxWait.isNegative() && !maxAge.isNegative(),
        "longest wait %s and age %s of requests, expected none below 0",
        maxWait,
        maxAge);
  }
}
