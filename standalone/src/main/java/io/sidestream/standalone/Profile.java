package io.sidestream.standalone;

import java.util.Map;

/** How long the trainer trains. */
public enum Profile {
  /** What the trainer does when nothing is set. */
  STANDARD(Map.of()),
  /** For a large folder or a slow machine: fewer steps, answers a little worse. */
  QUICK(Map.of());

  private final Map<String, String> settings;

  Profile(Map<String, String> settings) {
    this.settings = settings;
  }

  /** The settings that differ from the built-in ones. */
  public Map<String, String> settings() {
    return settings;
  }
}
