package io.sidestream.schemas.settings;

import java.util.List;

/** Everything that is wrong with the settings, one mistake per line of the message. */
public final class SettingsException extends RuntimeException {
  private final List<String> mistakes;

  public SettingsException(List<String> mistakes) {
    super(String.join("\n", mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /** The mistakes, each one sentence. */
  public List<String> mistakes() {
    return mistakes;
  }
}
