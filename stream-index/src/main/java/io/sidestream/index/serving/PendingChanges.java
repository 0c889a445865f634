package io.sidestream.index.serving;

import io.sidestream.index.store.CodedChange;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.ItemId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last change of each item that a catalogue does not hold yet. One thread. */
final class PendingChanges {
  private final Map<ItemId, Optional<CodedItem>> last = new LinkedHashMap<>();
  private long oldestMillis = Long.MAX_VALUE;

  /**
   * @param appendedMillis when the change came onto its topic, epoch milliseconds
   */
  void add(CodedChange change, long appendedMillis) {
    oldestMillis = Math.min(oldestMillis, appendedMillis);
    last.put(change.key().item(), change.item());
  }

  boolean isEmpty() {
    return last.isEmpty();
  }

  /** Whether one of them is of this item. */
  boolean holds(ItemId item) {
    return last.containsKey(item);
  }

  /** When the first of them came onto its topic, epoch milliseconds; only if there is one. */
  long oldestMillis() {
    return oldestMillis;
  }

  /** The catalogue with all of them, which are then pending no more. */
  Catalogue drainInto(Catalogue catalogue) {
    List<CodedItem> placed = new ArrayList<>();
    List<ItemId> removed = new ArrayList<>();
    last.forEach(
        (item, coded) ->
            coded
                .filter(found -> CatalogueFit.fits(catalogue, found))
                .ifPresentOrElse(placed::add, () -> removed.add(item)));
    last.clear();
    oldestMillis = Long.MAX_VALUE;
    return catalogue.with(placed, removed);
  }
}
