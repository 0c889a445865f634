package io.sidestream.model.ranking;

import io.sidestream.model.codes.CodeTrie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The trie of a catalogue's IDs, and the rows that share each ID, ascending. Immutable; versions
 * share what did not change.
 */
final class Leaves {
  private final CodeTrie trie;
  private final Blocks<int[]> rows; // [leaf]

  private Leaves(CodeTrie trie, Blocks<int[]> rows) {
    this.trie = trie;
    this.rows = rows;
  }

  /** The rows of these codes in the order of their leaves, as they are within one. */
  static int[] order(CodeTrie trie, int[][] codes) {
    int[] next = new int[trie.size() + 1];
    for (int[] of : codes) {
      next[trie.leaf(of) + 1]++;
    }
    Arrays.parallelPrefix(next, Integer::sum);
    int[] order = new int[codes.length];
    for (int row = 0; row < codes.length; row++) {
      order[next[trie.leaf(codes[row])]++] = row;
    }
    return order;
  }

  /** Of all these rows. */
  static Leaves of(CodeTrie trie, Blocks<CatalogueRow> all) {
    int[] leafOf =
        IntStream.range(0, all.size()).map(row -> trie.leaf(all.get(row).codes())).toArray();
    int[] counts = new int[trie.size()];
    for (int leaf : leafOf) {
      counts[leaf]++;
    }
    int[][] rowsOf = new int[counts.length][];
    Arrays.setAll(rowsOf, leaf -> new int[counts[leaf]]);
    for (int row = leafOf.length - 1; row >= 0; row--) {
      rowsOf[leafOf[row]][--counts[leafOf[row]]] = row;
    }
    Blocks<int[]> rows = new Blocks<>(rowsOf.length);
    for (int[] ofLeaf : rowsOf) {
      rows.add(ofLeaf);
    }
    return new Leaves(trie, rows);
  }

  /** The next version: the rows of some IDs came and went; the trie stays if no ID did. */
  Leaves with(Collection<LeafChange> changes) {
    List<int[]> added = new ArrayList<>();
    List<int[]> emptied = new ArrayList<>();
    for (LeafChange change : changes) {
      int leaf = trie.leaf(change.codes());
      if (leaf == CodeTrie.ABSENT) {
        added.add(change.codes());
      } else if (change.empties(rows.get(leaf).length)) {
        emptied.add(change.codes());
      }
    }
    CodeTrie next = trie.with(added, emptied);
    Blocks<int[]> nextRows = next == trie ? new Blocks<>(rows) : renumbered(next, added, emptied);
    for (LeafChange change : changes) {
      int leaf = next.leaf(change.codes());
      if (leaf != CodeTrie.ABSENT) {
        nextRows.set(leaf, change.applied(nextRows.get(leaf)));
      }
    }
    return new Leaves(next, nextRows);
  }

  /** The rows by the leaves of the next trie; none of the leaves that are new. */
  private Blocks<int[]> renumbered(CodeTrie next, List<int[]> added, List<int[]> emptied) {
    BitSet gone = new BitSet();
    emptied.forEach(codes -> gone.set(trie.leaf(codes)));
    BitSet fresh = new BitSet();
    added.forEach(codes -> fresh.set(next.leaf(codes)));
    Blocks<int[]> renumbered = new Blocks<>(next.size());
    int before = 0;
    while (renumbered.size() < next.size()) {
      int leaf = renumbered.size();
      if (fresh.get(leaf)) {
        renumbered.add(LeafChange.NO_ROWS);
      } else {
        before = gone.nextClearBit(before);
        int run =
            Math.min(
                end(fresh.nextSetBit(leaf), next.size()) - leaf,
                end(gone.nextSetBit(before), trie.size()) - before);
        renumbered.addAll(rows, before, run);
        before += run;
      }
    }
    return renumbered;
  }

  private static int end(int found, int size) {
    return found < 0 ? size : found;
  }

  CodeTrie trie() {
    return trie;
  }

  /** The rows of a leaf, ascending; not copied. */
  int[] rows(int leaf) {
    return rows.get(leaf);
  }
}
