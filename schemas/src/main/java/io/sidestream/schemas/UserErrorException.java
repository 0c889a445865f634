package io.sidestream.schemas;

import java.util.Locale;

/**
 * Why a command cannot do what was asked, in one sentence that a person can act on; its stack trace
 * is of no use to them.
 */
public final class UserErrorException extends RuntimeException {
  /**
   * @param message lower case; what was found, what was expected; a format of {@link String#format}
   */
  public UserErrorException(String message, Object... arguments) {
    super(String.format(Locale.ROOT, message, arguments));
  }

  /** A refusal that something else made necessary; the message is taken as it is. */
  public UserErrorException(Throwable cause, String message) {
    super(message, cause);
  }
}
