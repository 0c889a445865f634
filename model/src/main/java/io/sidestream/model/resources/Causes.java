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
    return any(
        failure,
        cause -> {
          String message = cause.getMessage();
          return message != null && such.test(message);
        });
  }

  /** Whether a failure, or one that it was caused by, is such a one. */
  public static boolean any(@Nullable Throwable failure, Predicate<Throwable> such) {
    Throwable cause = failure;
    for (int i = 0; i < MOST && cause != null; i++) {
      if (such.test(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
