package io.sidestream.model.ranking;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.schemas.ItemId;
import java.util.Collections;

/**
 * How often each item of a corpus was chosen; never for an item that the corpus did not hold. What
 * came after the corpus does not count, so that a catalogue depends on its items alone.
 */
record Popularity(Assignments corpus) {
  /** The row of an item with these codes. */
  CatalogueRow row(ItemId item, int[] codes) {
    int at = Collections.binarySearch(corpus.items(), item);
    return at < 0
        ? new CatalogueRow(item, codes, CatalogueRow.NEW, 0, 0)
        : new CatalogueRow(
            item,
            codes,
            at,
            (float) Math.log1p(corpus.interactions()[at]),
            (float) Math.log1p(corpus.searches()[at]));
  }
}
