package io.sidestream.schemas.pairs;

/**
 * How events become counts: the counting job, the trainer and every check must agree.
 *
 * @param window of a user's events that pair with a new one
 * @param weights of interactions, by kind
 */
public record CountingRule(WindowLimits window, KindWeights weights) {
  /** The default window, and every event once. */
  public static final CountingRule DEFAULT = of(WindowLimits.DEFAULT);

  /** Every event of a window once. */
  public static CountingRule of(WindowLimits window) {
    return new CountingRule(window, KindWeights.ALIKE);
  }
}
