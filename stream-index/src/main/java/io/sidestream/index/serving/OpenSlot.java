package io.sidestream.index.serving;

import io.sidestream.index.store.CodedChange;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Map;

/** An open generation, and the changes that are not in its snapshot yet. One thread. */
final class OpenSlot {
  private final PendingChanges pending;
  private final ItemAdmission admission;
  private final long sinceNanos;
  private ServingGeneration snapshot;

  OpenSlot(
      ServingGeneration snapshot,
      PendingChanges pending,
      ItemAdmission admission,
      long sinceNanos) {
    this.snapshot = snapshot;
    this.pending = pending;
    this.admission = admission;
    this.sinceNanos = sinceNanos;
  }

  /** The generation as requests have it. */
  ServingGeneration snapshot() {
    return snapshot;
  }

  /** Time of opening. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** Number of items of another generation that this one has neither items nor changes for. */
  int missingItems(OpenSlot other) {
    Catalogue theirs = other.snapshot.catalogue();
    int missing = 0;
    for (int row = 0; row < theirs.size(); row++) {
      ItemId item = theirs.item(row);
      if (snapshot.catalogue().row(item).isEmpty() && !pending.holds(item)) {
        missing++;
      }
    }
    return missing;
  }

  void add(CodedChange change, long appendedMillis) {
    pending.add(change, appendedMillis);
  }

  boolean isUpToDate() {
    return pending.isEmpty();
  }

  /** Append time of the oldest change that is not in the snapshot, epoch milliseconds. */
  long oldestMillis() {
    return pending.oldestMillis();
  }

  /** Times of the items' events that are not in the snapshot, epoch milliseconds. */
  List<Long> eventMillis() {
    return pending.eventMillis();
  }

  /**
   * The generation with all its changes applied.
   *
   * @param nextOffsets offsets after the last change added
   */
  ServingGeneration upToDate(Map<Integer, Long> nextOffsets) {
    if (!pending.isEmpty()) {
      snapshot = snapshot.with(pending.drainInto(snapshot.catalogue(), admission), nextOffsets);
    }
    return snapshot;
  }

  /** Releases the reference of the switch; it closes after its last request. */
  void release() {
    snapshot.natives().release();
  }
}
