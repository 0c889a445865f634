package io.sidestream.index.serving;

import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/** Reconciles the catalogue of a bundle with the index on disk. */
final class IndexedItems {
  private IndexedItems() {}

  /** The catalogue of exactly the indexed items; those equal to the bundle's cost nothing. */
  static Catalogue reconcile(Catalogue bundled, SortedMap<ItemId, CodedItem> indexed) {
    List<CodedItem> changed =
        indexed.values().stream()
            .filter(item -> !isAsIn(bundled, item) && CatalogueFit.fits(bundled, item))
            .toList();
    List<ItemId> removed = new ArrayList<>();
    for (int row = 0; row < bundled.size(); row++) {
      if (!indexed.containsKey(bundled.item(row))) {
        removed.add(bundled.item(row));
      }
    }
    return changed.isEmpty() && removed.isEmpty() ? bundled : bundled.with(changed, removed);
  }

  private static boolean isAsIn(Catalogue bundled, CodedItem item) {
    OptionalInt row = bundled.row(item.item());
    return row.isPresent()
        && item.equals(
            new CodedItem(item.item(), bundled.id(row.getAsInt()), bundled.vector(row.getAsInt())));
  }
}
