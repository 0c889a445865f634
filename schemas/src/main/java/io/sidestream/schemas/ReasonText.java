package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import org.jspecify.annotations.Nullable;

/** Limit of explanatory sentences inside records. */
public final class ReasonText {
  /** Most characters in a sentence: enough for a long one, too few for a stack trace. */
  public static final int MAX_LENGTH = 4_000;

  private ReasonText() {}

  /** The message of an exception, or what it is where it has none. */
  public static String of(@Nullable Throwable cause) {
    if (cause == null) {
      return "of an unknown cause";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /**
   * A sentence that may hold what came from outside, at any length: its beginning, so that it fits
   * into records with room for what is said beside it.
   */
  public static String shortened(String sentence) {
    return sentence.length() <= MAX_LENGTH / 2
        ? sentence
        : Truncation.of(sentence, MAX_LENGTH / 2 - 1) + "…";
  }

  static void checkLength(String name, String sentence) {
    check(
        sentence.length() <= MAX_LENGTH,
        "%s has %d characters, at most %d are allowed",
        name,
        sentence.length(),
        MAX_LENGTH);
  }
}
