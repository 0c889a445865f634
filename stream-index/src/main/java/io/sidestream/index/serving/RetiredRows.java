package io.sidestream.index.serving;

import io.sidestream.index.store.AssignmentStore;
import io.sidestream.index.store.WaitingWrite;
import io.sidestream.schemas.Generation;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Deletes the rows of generations that are over, when the disk takes that. One thread. */
final class RetiredRows {
  private final AssignmentStore store;
  private final WaitingWrite write;
  private final Set<Generation> purged = new HashSet<>();
  private Set<Generation> over = Set.of();

  RetiredRows(AssignmentStore store, WaitingWrite write) {
    this.store = store;
    this.write = write;
  }

  /** Has one purged again when it is over again. */
  void keep(Generation generation) {
    purged.remove(generation);
  }

  /**
   * Deletes what is left of generations. While the disk takes no deletion, the others wait for the
   * first.
   *
   * @param generations all that are over now
   */
  void purge(Collection<Generation> generations) {
    over = Set.copyOf(generations);
    write.retryIfDue();
    for (Generation generation : generations) {
      if (!write.isWaiting() && !purged.contains(generation)) {
        write.begin(() -> delete(generation));
      }
    }
  }

  /** Unless it was announced again meanwhile. */
  private void delete(Generation generation) {
    if (over.contains(generation)) {
      store.retire(generation);
      purged.add(generation);
    }
  }
}
