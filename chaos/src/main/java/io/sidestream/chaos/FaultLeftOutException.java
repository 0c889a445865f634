package io.sidestream.chaos;

/** A fault that this system cannot have; the message says why, for users. */
public final class FaultLeftOutException extends Exception {
  private static final long serialVersionUID = 1;

  public FaultLeftOutException(String why) {
    super(why);
  }

  /** Why it is left out. */
  String why() {
    return String.valueOf(getMessage());
  }
}
