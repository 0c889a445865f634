package io.sidestream.schemas;

/** Where a generation stands in its life. */
public enum GenerationState {
  /** Written and announced, so that new items get codes; not yet allowed to serve. */
  CANDIDATE,
  /**
   * Allowed to serve. The one most recently announced live serves; the one before waits for a
   * rollback.
   */
  LIVE,
  /** The gate refused it; the announcement says why. */
  REJECTED,
  /** No longer served, coded for, or rolled back to. */
  RETIRED;

  /** Whether new items still get codes in this generation. */
  public boolean alive() {
    return this == CANDIDATE || this == LIVE;
  }
}
