package io.sidestream.schemas;

import java.util.Locale;

/** An error that the user can correct: one sentence without a stack trace. */
public final class UserErrorException extends RuntimeException {
  /**
   * @param message lower case; what was found, what was expected; a format of {@link String#format}
   */
  public UserErrorException(String message, Object... arguments) {
    super(String.format(Locale.ROOT, message, arguments));
  }

  /** An error with a cause; the message is taken literally, not as a format. */
  public UserErrorException(Throwable cause, String message) {
    super(message, cause);
  }
}
