package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

/**
 * Whether a training began with the weights of its parent, and why.
 *
 * @param refreshes how many trainings in a row did, this one included; 0 for one that trained all
 *     weights from their beginning
 * @param reason one sentence
 */
public record WarmStart(int refreshes, String reason) {
  /** Most refreshes in a row. */
  public static final int MAX_REFRESHES = 1_000;

  public WarmStart {
    checkRange(refreshes, 0, MAX_REFRESHES, "%d refreshes in a row");
    check(!reason.isBlank(), "a training's beginning has no reason");
  }

  /** Of a training of all weights from their beginning. */
  public static WarmStart full(String reason) {
    return new WarmStart(0, reason);
  }

  /** What kind of training it was, and why. */
  public String summary() {
    return (refreshes > 0 ? "refresh: " : "full: ") + reason;
  }
}
