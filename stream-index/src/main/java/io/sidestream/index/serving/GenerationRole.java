package io.sidestream.index.serving;

import java.util.Locale;

/** What this process does with a generation. */
public enum GenerationRole {
  /** It answers. */
  SERVING,
  /** It is open, so that a rollback takes no time. */
  WARM,
  /** It is being opened. */
  LOADING,
  /** It is announced, and not opened here yet. */
  WAITING,
  /** Its bundle was refused, see the reason. */
  REFUSED,
  /** It has no part in serving: a candidate, rejected, or retired. */
  IDLE;

  /** As written in answers, for example {@code serving}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
