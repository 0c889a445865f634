package io.sidestream.index.serving;

import io.sidestream.index.store.CodedChange;
import java.util.Map;

/** A generation that is open, and the changes that its snapshot lacks. One thread. */
final class HeldGeneration {
  private final PendingChanges pending;
  private ServingGeneration snapshot;

  HeldGeneration(ServingGeneration snapshot, PendingChanges pending) {
    this.snapshot = snapshot;
    this.pending = pending;
  }

  void add(CodedChange change, long appendedMillis) {
    pending.add(change, appendedMillis);
  }

  boolean isUpToDate() {
    return pending.isEmpty();
  }

  /** When the first change that the snapshot lacks came onto its topic, epoch milliseconds. */
  long oldestMillis() {
    return pending.oldestMillis();
  }

  /**
   * The generation with all its changes.
   *
   * @param nextOffsets up to which changes were given
   */
  ServingGeneration upToDate(Map<Integer, Long> nextOffsets) {
    if (!pending.isEmpty()) {
      snapshot = snapshot.with(pending.drainInto(snapshot.catalogue()), nextOffsets);
    }
    return snapshot;
  }

  /** Lets go of it; it closes when its last request is answered. */
  void release() {
    snapshot.natives().release();
  }
}
