package io.sidestream.schemas;

import java.util.Locale;

/** What answers a request while two generations are compared. */
public enum Arm {
  /** The generation that serves everybody else. */
  LIVE,
  /** The one that serves a share of the users. */
  CANDIDATE;

  /** As written in replies and metrics, for example {@code candidate}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The arm of this label. */
  public static Arm of(String label) {
    for (Arm arm : values()) {
      if (arm.label().equals(label)) {
        return arm;
      }
    }
    throw new IllegalArgumentException(
        "arm is \"%s\", expected live or candidate".formatted(label));
  }
}
