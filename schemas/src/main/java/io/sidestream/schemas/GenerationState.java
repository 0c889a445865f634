package io.sidestream.schemas;

/** State of a generation in its life cycle. */
public enum GenerationState {
  /** Written and announced, so that new items get codes; not yet allowed to serve. */
  CANDIDATE,
  /**
   * Allowed to serve. The one most recently announced live serves; the one before stays as the
   * rollback target.
   */
  LIVE,
  /** The quality gate rejected it; the announcement has the reason. */
  REJECTED,
  /** No longer served, encoded for, or a rollback target. */
  RETIRED;

  /** Whether new items are still encoded with this generation. */
  public boolean active() {
    return this == CANDIDATE || this == LIVE;
  }
}
