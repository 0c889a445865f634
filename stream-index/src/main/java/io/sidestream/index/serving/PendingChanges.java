package io.sidestream.index.serving;

import io.sidestream.index.store.CodedChange;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.ItemId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last change of each item that is not in a catalogue yet. One thread. */
final class PendingChanges {
  private final Map<ItemId, Optional<CodedItem>> last = new LinkedHashMap<>();
  private final Map<ItemId, Long> eventMillis = new HashMap<>();
  private long oldestMillis = Long.MAX_VALUE;

  /**
   * @param appendedMillis append time of the change, epoch milliseconds
   */
  void add(CodedChange change, long appendedMillis) {
    oldestMillis = Math.min(oldestMillis, appendedMillis);
    last.put(change.key().item(), change.item());
    change.eventMillis().ifPresent(at -> eventMillis.put(change.key().item(), at));
  }

  boolean isEmpty() {
    return last.isEmpty();
  }

  /** Whether there is a change of this item. */
  boolean holds(ItemId item) {
    return last.containsKey(item);
  }

  /** Append time of the oldest change, epoch milliseconds; only if there is one. */
  long oldestMillis() {
    return oldestMillis;
  }

  /** Times of the items' events, epoch milliseconds, of the changes that have one. */
  List<Long> eventMillis() {
    return List.copyOf(eventMillis.values());
  }

  /** The catalogue with all changes applied, as far as there is room; clears them. */
  Catalogue drainInto(Catalogue catalogue, ItemAdmission admission) {
    Catalogue next = admission.apply(catalogue, last);
    last.clear();
    eventMillis.clear();
    oldestMillis = Long.MAX_VALUE;
    return next;
  }
}
