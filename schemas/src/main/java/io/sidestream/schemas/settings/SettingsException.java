package io.sidestream.schemas.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything that is wrong with the settings, one mistake per line of the message. */
public final class SettingsException extends IllegalArgumentException {
  private final List<String> mistakes;

  public SettingsException(List<String> mistakes) {
    super(String.join("\n", mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /**
   * Runs every check.
   *
   * @throws SettingsException with what they refuse, each sentence once
   */
  public static void checkAll(Runnable... checks) {
    Set<String> mistakes = new LinkedHashSet<>();
    for (Runnable check : checks) {
      try {
        check.run();
      } catch (IllegalArgumentException e) {
        mistakes.addAll(mistakes(e));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new SettingsException(List.copyOf(mistakes));
    }
  }

  static List<String> mistakes(IllegalArgumentException e) {
    return e instanceof SettingsException settings
        ? settings.mistakes
        : List.of(String.valueOf(e.getMessage()));
  }

  /** The mistakes, each one sentence. */
  public List<String> mistakes() {
    return mistakes;
  }
}
