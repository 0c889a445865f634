package io.sidestream.learning.decoding;

/** When a group that has as many finished sequences as beams stops looking for better ones. */
public enum Stopping {
  /** At once; {@code early_stopping=True}. */
  AT_ONCE,
  /**
   * When the best unfinished one, were it to end now, is no better than the worst finished one;
   * {@code early_stopping=False}, the default.
   */
  WHEN_NOT_BETTER_NOW,
  /** When no length could make it better; {@code early_stopping="never"}. */
  WHEN_NEVER_BETTER
}
