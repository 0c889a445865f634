package io.sidestream.model.codes;

/**
 * Room that a trie has for more IDs: each new prefix takes a row in the table of its level. IDs of
 * one batch count one by one, also where they share a prefix. One thread.
 */
public final class TrieRoom {
  private final CodeTrie trie;
  private final long maxCells;
  private final int[] added; // [level] rows of its table

  /**
   * @param maxCells of one level's table, at most {@link CodeTrie#MAX_CELLS}
   */
  public TrieRoom(CodeTrie trie, long maxCells) {
    this.trie = trie;
    this.maxCells = maxCells;
    this.added = new int[trie.shape().levels()];
  }

  /** Whether there is room for an ID, which then takes it; one that the trie has takes none. */
  public boolean take(int[] codes) {
    int known = trie.prefix(codes);
    for (int level = known + 1; level < added.length; level++) {
      if ((long) (trie.nodes(level) + added[level] + 1) * trie.shape().width() > maxCells) {
        return false;
      }
    }
    for (int level = known + 1; level < added.length; level++) {
      added[level]++;
    }
    return true;
  }
}
