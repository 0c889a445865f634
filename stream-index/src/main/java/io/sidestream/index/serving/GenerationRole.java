package io.sidestream.index.serving;

import java.util.Locale;

/** Role of a generation in this process. */
public enum GenerationRole {
  /** It answers. */
  SERVING,
  /** It is open for a rollback, and for requests that name it. */
  STANDBY,
  /** It is being opened. */
  LOADING,
  /** It is announced live and not opened here yet. */
  PENDING,
  /** Its bundle failed verification, see the reason. */
  REFUSED,
  /** It is a candidate, rejected or retired. */
  IDLE;

  /** The role that the first of these gives. */
  static GenerationRole of(
      boolean serves, boolean open, boolean refused, boolean loading, boolean wanted) {
    if (serves) {
      return SERVING;
    }
    if (open) {
      return STANDBY;
    }
    if (refused) {
      return REFUSED;
    }
    if (loading) {
      return LOADING;
    }
    return wanted ? PENDING : IDLE;
  }

  /** As written in JSON, for example {@code serving}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
