package io.sidestream.schemas;

import java.util.Locale;

/** What a broker does with a topic's old records. */
public enum Cleanup {
  /** Keeps the last record of each key; a null value removes the key. */
  COMPACT,
  /** Drops records after a time, or never. */
  DELETE;

  /** The value of {@code cleanup.policy}. */
  public String policy() {
    return name().toLowerCase(Locale.ROOT);
  }
}
