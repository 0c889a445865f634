package io.sidestream.model.ranking;

import io.sidestream.schemas.ItemId;
import java.util.BitSet;

/**
 * The rows of one catalogue. Immutable once it is part of one; bits are not copied.
 *
 * @param withText the rows with a text of their own
 * @param cold the rows of cold items
 */
record CatalogueRows(
    RowIndex rowOf, Blocks<CatalogueRow> all, VectorRows vectors, BitSet withText, BitSet cold) {
  int size() {
    return all.size();
  }

  /** The row of an item, or -1. */
  int find(ItemId item) {
    return rowOf.find(item, all);
  }

  CatalogueRow get(int row) {
    return all.get(row);
  }

  /** The same rows, with vectors for scans of some of them: one pass over all. */
  CatalogueRows sketched(CodeLists lists) {
    SketchedVectors sketched = new SketchedVectors(lists, size());
    for (int row = 0; row < size(); row++) {
      sketched.set(row, get(row).codes(), vectors.get(row));
    }
    return new CatalogueRows(rowOf, all, sketched, withText, cold);
  }
}
