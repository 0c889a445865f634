package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.time.Instant;

/**
 * Who decides something about a generation, when, and why.
 *
 * @param by a user or a program; 1 to {@value #MAX_NAME} characters
 * @param why one sentence; may be empty
 */
public record DecisionAuthor(String by, String why, Instant at) {
  /** Most characters of a name. */
  public static final int MAX_NAME = 256;

  public DecisionAuthor {
    check(
        !by.isBlank() && by.length() <= MAX_NAME,
        "author has %d characters, expected 1 to %d, not blank",
        by.length(),
        MAX_NAME);
    ReasonText.checkLength("reason of a decision", why);
  }
}
