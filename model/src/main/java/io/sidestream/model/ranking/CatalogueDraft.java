package io.sidestream.model.ranking;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.schemas.ItemId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** The rows of the next catalogue while they change: cost follows the changes. One thread. */
final class CatalogueDraft {
  private final RowIndex rowOf;
  private final Blocks<CatalogueRow> rows;
  private final VectorRows vectors;
  private final BitSet withText;
  private final BitSet cold;
  private final BitSet touched = new BitSet();

  /** Empty, with capacity for {@code rows} rows. */
  private CatalogueDraft(VectorRows vectors, int rows) {
    this.rowOf = new RowIndex(rows);
    this.rows = new Blocks<>(rows);
    this.vectors = vectors;
    this.withText = new BitSet();
    this.cold = new BitSet();
  }

  /**
   * The rows of a corpus.
   *
   * @param order in which they are numbered: rows of the corpus
   */
  static CatalogueRows of(
      Assignments corpus, Popularity popularity, CodeTrie trie, int[] order, VectorRows vectors) {
    CatalogueDraft draft = new CatalogueDraft(vectors, order.length);
    int[][] shared = new int[trie.size()][]; // items that share an ID share the array of its codes
    for (int row : order) {
      int leaf = trie.leaf(corpus.codes()[row]);
      if (shared[leaf] == null) {
        shared[leaf] = trie.codes(leaf);
      }
      float[] vector = corpus.vectors()[row];
      draft.put(
          popularity.row(corpus.items().get(row), shared[leaf], row, vector, Optional.empty()),
          vector);
    }
    return draft.rows();
  }

  /** The next version of these rows. */
  CatalogueDraft(CatalogueRows before) {
    this.rowOf = new RowIndex(before.rowOf());
    this.rows = new Blocks<>(before.all());
    this.vectors = before.vectors().next();
    this.withText = (BitSet) before.withText().clone();
    this.cold = (BitSet) before.cold().clone();
  }

  /** Adds or replaces an item. */
  void put(CatalogueRow row, float[] vector) {
    int known = rowOf.find(row.item(), rows);
    int at = known < 0 ? rows.size() : known;
    if (known < 0) {
      rows.add(row);
      rowOf.add(row.item(), at, rows.size());
    } else {
      rows.set(at, row);
    }
    vectors.set(at, row.codes(), vector);
    marked(at, row);
  }

  /** Removes an item if present; the last row moves into its place. */
  void remove(ItemId item) {
    int at = rowOf.find(item, rows);
    if (at < 0) {
      return;
    }
    rowOf.remove(item, at);
    CatalogueRow moved = rows.removeLast();
    int last = rows.size();
    if (at != last) {
      rowOf.move(moved.item(), last, at);
      rows.set(at, moved);
      vectors.set(at, moved.codes(), vectors.get(last));
      marked(at, moved);
    }
    withText.clear(last);
    cold.clear(last);
    touched.set(last);
  }

  private void marked(int at, CatalogueRow row) {
    withText.set(at, row.text().isPresent());
    cold.set(at, row.isCold());
    touched.set(at);
  }

  /** The rows as they are now. */
  CatalogueRows rows() {
    vectors.truncate(rows.size());
    return new CatalogueRows(rowOf, rows, vectors, withText, cold);
  }

  /** How the rows of IDs changed since these. */
  Collection<LeafChange> leafChanges(CatalogueRows before) {
    TreeMap<int[], LeafChange> changes = new TreeMap<>(Arrays::compare);
    touched.stream()
        .forEach(
            row -> {
              boolean was = row < before.size();
              boolean is = row < rows.size();
              if (was && is && Arrays.equals(before.get(row).codes(), rows.get(row).codes())) {
                return;
              }
              if (was) {
                changes.computeIfAbsent(before.get(row).codes(), LeafChange::new).remove(row);
              }
              if (is) {
                changes.computeIfAbsent(rows.get(row).codes(), LeafChange::new).add(row);
              }
            });
    return changes.values();
  }
}
