package io.sidestream.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Checks that records make on themselves. */
public final class Checks {
  /** Most bytes of UTF-8 of an item or user id: it is part of every key on every topic. */
  public static final int MAX_ID_BYTES = 256;

  private Checks() {}

  /**
   * Throws {@link IllegalArgumentException} unless the condition holds.
   *
   * @param message lower case; what was found, what was expected; a format of {@link String#format}
   */
  public static void check(boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw failure(message, arguments);
    }
  }

  /**
   * Likewise unless low ≤ value ≤ high.
   *
   * @param found what was found, with %d for the value: "batch of %d"
   */
  public static void checkRange(long value, long low, long high, String found) {
    if (value < low || value > high) {
      throw failure(found + ", expected %d to %d", value, low, high);
    }
  }

  /** Likewise unless the value is the expected one. */
  public static void checkEqual(long value, long expected, String found) {
    if (value != expected) {
      throw failure(found + ", expected %d", value, expected);
    }
  }

  /**
   * Likewise unless the value is a finite number above 0.
   *
   * @param found with %s for the value
   */
  public static void checkAboveZero(double value, String found) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw failure(found + ", expected a number above 0", value);
    }
  }

  private static IllegalArgumentException failure(String message, Object... arguments) {
    return new IllegalArgumentException(String.format(Locale.ROOT, message, arguments));
  }

  static void checkId(String name, String id) {
    if (!isPlain(id)) {
      checkAny(name, id);
    }
  }

  /** Most ids are, and histories are many of them. */
  private static boolean isPlain(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) <= ' ' || id.charAt(i) > '~') {
        return false;
      }
    }
    return !id.isEmpty() && id.length() <= MAX_ID_BYTES;
  }

  private static void checkAny(String name, String id) {
    check(!id.isBlank(), "%s is blank", name);
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    check(
        bytes <= MAX_ID_BYTES,
        "%s takes %d bytes, at most %d are allowed",
        name,
        bytes,
        MAX_ID_BYTES);
    check(id.chars().noneMatch(Character::isISOControl), "%s holds a control character", name);
  }
}
