package io.sidestream.index.serving;

import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Reconciles the catalogue of a bundle with the changes that the index on disk has. */
final class IndexedItems {
  private IndexedItems() {}

  /**
   * The items of the bundle with the changes.
   *
   * @param changes the last one of each item; empty when it was removed
   */
  static Catalogue reconcile(
      Catalogue bundled, SortedMap<ItemId, Optional<CodedItem>> changes, ItemAdmission admission) {
    List<CodedItem> changed = new ArrayList<>();
    List<ItemId> removed = new ArrayList<>();
    changes.forEach((item, coded) -> coded.ifPresentOrElse(changed::add, () -> removed.add(item)));
    return admission.apply(bundled, changed, removed);
  }
}
