package io.sidestream.model.ranking;

import io.sidestream.schemas.ItemId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Mutable rows of the next catalogue. One thread. */
final class CatalogueDraft {
  private final Map<ItemId, Integer> rowOf;
  private final List<CatalogueRow> rows;
  private final VectorRows vectors;

  /** Empty, with capacity for {@code rows} rows. */
  CatalogueDraft(int dimensions, int rows) {
    this.rowOf = new HashMap<>(rows * 2);
    this.rows = new ArrayList<>(rows);
    this.vectors = new VectorRows(dimensions, rows);
  }

  /** A copy of a catalogue's rows, with capacity for {@code more} rows. */
  CatalogueDraft(Map<ItemId, Integer> rowOf, CatalogueRow[] rows, VectorRows vectors, int more) {
    this.rowOf = new HashMap<>(rowOf);
    this.rows = new ArrayList<>(rows.length + more);
    this.rows.addAll(List.of(rows));
    this.vectors = vectors.resized(rows.length + more);
  }

  /** Adds or replaces an item. */
  void put(CatalogueRow row, float[] vector) {
    Integer known = rowOf.get(row.item());
    int at = known == null ? rows.size() : known;
    if (known == null) {
      rows.add(row);
      rowOf.put(row.item(), at);
    } else {
      rows.set(at, row);
    }
    vectors.set(at, vector);
  }

  /** Removes an item if present; the last row moves into its place. */
  void remove(ItemId item) {
    Integer at = rowOf.remove(item);
    if (at == null) {
      return;
    }
    int last = rows.size() - 1;
    CatalogueRow moved = rows.remove(last);
    if (at != last) {
      rows.set(at, moved);
      rowOf.put(moved.item(), at);
      vectors.set(at, vectors.get(last));
    }
  }

  Map<ItemId, Integer> rowOf() {
    return rowOf;
  }

  CatalogueRow[] rows() {
    return rows.toArray(CatalogueRow[]::new);
  }

  VectorRows vectors() {
    return vectors;
  }
}
