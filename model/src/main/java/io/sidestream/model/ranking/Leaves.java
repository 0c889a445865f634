package io.sidestream.model.ranking;

import io.sidestream.model.codes.CodeTrie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The trie of a catalogue's IDs, and the rows that share each ID. Immutable. Shape: the rows of
 * leaf l are rows[starts[l]] to rows[starts[l + 1] - 1], ascending.
 */
final class Leaves {
  private final CodeTrie trie;
  private final int[] leafOf; // [row]
  private final int[] starts; // [leaf], one more at the end
  private final int[] rows; // [row], grouped by leaf

  private Leaves(CodeTrie trie, int[] leafOf) {
    this.trie = trie;
    this.leafOf = leafOf;
    starts = new int[trie.size() + 1];
    for (int leaf : leafOf) {
      starts[leaf + 1]++;
    }
    for (int leaf = 0; leaf < trie.size(); leaf++) {
      starts[leaf + 1] += starts[leaf];
    }
    int[] next = starts.clone();
    rows = new int[leafOf.length];
    for (int row = 0; row < leafOf.length; row++) {
      rows[next[leafOf[row]]++] = row;
    }
  }

  /** The leaves of these rows; the trie before is kept when the set of IDs is the same. */
  static Leaves of(CatalogueRow[] rows, CodeTrie before) {
    CodeTrie trie = trie(before, rows);
    return new Leaves(trie, Arrays.stream(rows).mapToInt(row -> trie.leaf(row.codes())).toArray());
  }

  /** IDs of the trie before come first and in its order, so that sorting them costs one pass. */
  private static CodeTrie trie(CodeTrie before, CatalogueRow[] rows) {
    boolean[] used = new boolean[before.size()];
    List<int[]> added = new ArrayList<>();
    for (CatalogueRow row : rows) {
      int leaf = before.leaf(row.codes());
      if (leaf == CodeTrie.ABSENT) {
        added.add(row.codes());
      } else {
        used[leaf] = true;
      }
    }
    List<int[]> ids = new ArrayList<>(used.length + added.size());
    for (int leaf = 0; leaf < used.length; leaf++) {
      if (used[leaf]) {
        ids.add(before.codes(leaf));
      }
    }
    if (added.isEmpty() && ids.size() == used.length) {
      return before;
    }
    ids.addAll(added);
    return CodeTrie.of(before.shape(), ids);
  }

  CodeTrie trie() {
    return trie;
  }

  int leafOf(int row) {
    return leafOf[row];
  }

  /** The rows of a leaf, ascending, a copy. */
  int[] rows(int leaf) {
    return Arrays.copyOfRange(rows, starts[leaf], starts[leaf + 1]);
  }
}
