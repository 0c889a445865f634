package io.sidestream.model.ranking;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.schemas.ItemId;
import java.util.Collections;
import java.util.Optional;

/**
 * Popularity of items: counts of the training corpus, 0 for items added after it. Later events do
 * not count, so that a catalogue depends on its items alone.
 */
record Popularity(Assignments corpus) {
  /** The catalogue row of an item with these codes. */
  CatalogueRow row(ItemId item, int[] codes, Optional<CatalogueRow.RowText> text) {
    int at = Collections.binarySearch(corpus.items(), item);
    return at < 0
        ? new CatalogueRow(item, codes, CatalogueRow.NEW, 0, 0, text)
        : new CatalogueRow(
            item,
            codes,
            at,
            (float) Math.log1p(corpus.interactions()[at]),
            (float) Math.log1p(corpus.searches()[at]),
            text);
  }
}
