package io.sidestream.index.serving;

import io.sidestream.index.store.CodedChange;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.ItemId;
import java.util.Map;

/** A generation that is open, and the changes that its snapshot lacks. One thread. */
final class OpenSlot {
  private final PendingChanges pending;
  private final long sinceNanos;
  private ServingGeneration snapshot;

  OpenSlot(ServingGeneration snapshot, PendingChanges pending, long sinceNanos) {
    this.snapshot = snapshot;
    this.pending = pending;
    this.sinceNanos = sinceNanos;
  }

  /** When it was opened. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** How many items another generation has that this one has not, and was told nothing of. */
  int lacks(OpenSlot other) {
    Catalogue theirs = other.snapshot.catalogue();
    int lacking = 0;
    for (int row = 0; row < theirs.size(); row++) {
      ItemId item = theirs.item(row);
      if (snapshot.catalogue().row(item).isEmpty() && !pending.holds(item)) {
        lacking++;
      }
    }
    return lacking;
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
