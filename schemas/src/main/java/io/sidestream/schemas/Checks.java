package io.sidestream.schemas;

import java.util.Locale;

/** Checks that records make on themselves. */
public final class Checks {
  private Checks() {}

  /**
   * Throws {@link IllegalArgumentException} unless the condition holds.
   *
   * @param message lower case; what was found, what was expected; a format of {@link String#format}
   */
  public static void check(boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, arguments));
    }
  }
}
