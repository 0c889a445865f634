package io.sidestream.learning.settings;

/** How much time a training takes for its quality; single settings override a profile's. */
public enum Profile {
  /** A minute or so on two cores, for some thousand items. */
  QUICK(TrainingSettings.QUICK),
  /** Without haste, for tens of thousands of items. */
  FULL(TrainingSettings.FULL);

  private final TrainingSettings settings;

  Profile(TrainingSettings settings) {
    this.settings = settings;
  }

  public TrainingSettings settings() {
    return settings;
  }
}
