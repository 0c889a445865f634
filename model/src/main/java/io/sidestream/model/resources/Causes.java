package io.sidestream.model.resources;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What failures were caused by. */
public final class Causes {
  /** Causes that are looked at; a chain may be a circle. */
  private static final int MOST = 32;

  private Causes() {}

  /** Whether the message of a failure, or of one that it was caused by, is such a one. */
  public static boolean anySays(@Nullable Throwable failure, Predicate<String> such) {
    Throwable cause = failure;
    for (int i = 0; i < MOST && cause != null; i++) {
      String message = cause.getMessage();
      if (message != null && such.test(message)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
