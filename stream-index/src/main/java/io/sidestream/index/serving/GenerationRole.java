package io.sidestream.index.serving;

import io.sidestream.schemas.GenerationState;
import java.util.Locale;

/** Role of a generation in this process. */
public enum GenerationRole {
  /** It answers. */
  SERVING,
  /** It is open for a rollback, and for requests that name it. */
  STANDBY,
  /** It is a candidate that is open; it answers its share of the users. */
  CANDIDATE,
  /** It is being opened. */
  LOADING,
  /** It is to be open, and is not opened here yet. */
  PENDING,
  /** Its bundle failed verification, see the reason. */
  REFUSED,
  /** It is a candidate in evaluation, rejected or retired. */
  IDLE;

  /** The role that the first of these that holds gives. */
  static GenerationRole of(
      boolean serves,
      GenerationState state,
      boolean open,
      boolean refused,
      boolean loading,
      boolean wanted) {
    if (serves) {
      return SERVING;
    }
    if (open) {
      return state == GenerationState.CANDIDATE ? CANDIDATE : STANDBY;
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
