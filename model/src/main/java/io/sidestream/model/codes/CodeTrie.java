package io.sidestream.model.codes;

import static io.sidestream.schemas.Checks.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * The IDs that exist, as a table per level: which node a code leads to. Immutable.
 *
 * <p>Shape of a level's table: [node * width + code]; value: the node at the next level, the leaf
 * at the last level, or {@link #ABSENT}. Nodes and leaves are numbered in lexicographic order of
 * their codes, from 0; the root is node 0 of level 0.
 */
public final class CodeTrie {
  /*
   * A dense row per node rather than sorted child lists: the decoder's graph reads all children of
   * all its beams with one Gather, and a row is what its softmax is as wide as. A node costs 4 *
   * width bytes; two levels of 256 cost at most 257 KiB. Numbers follow the order of the codes, so
   * that ties of the decoder do not depend on the order in which IDs came. [1] STATIC, arXiv
   * 2602.22647: dense tables for the upper levels of constrained decoding.
   */

  /** Most cells of one level's table, nodes * width: 2 GiB, as much as one buffer can hold. */
  public static final int MAX_CELLS = Integer.MAX_VALUE / Integer.BYTES;

  /** No item's ID goes this way. */
  public static final int ABSENT = -1;

  private final CodebookShape shape;
  private final int[][] tables; // [level][node * width + code]
  private final int[] codes; // [leaf * levels + level]
  private final AtomicReferenceArray<IntBuffer> direct; // [level], created on first use

  private CodeTrie(CodebookShape shape, int[][] tables, int[] codes) {
    this.shape = shape;
    this.tables = tables;
    this.codes = codes;
    this.direct = new AtomicReferenceArray<>(shape.levels());
  }

  /** The trie of these IDs, each shape [level]; one that comes twice is one leaf. */
  public static CodeTrie of(CodebookShape shape, Collection<int[]> ids) {
    return ofSorted(shape, SortedIds.of(shape, ids));
  }

  /**
   * The trie with some IDs more and some less. Where no prefix comes or goes, it shares all tables
   * but the last, which is copied and numbered again.
   *
   * @param added IDs, of which this trie may have some
   * @param removed IDs, of which this trie may lack some; none is among those added
   */
  public CodeTrie with(Collection<int[]> added, Collection<int[]> removed) {
    BitSet gone = new BitSet();
    for (int[] id : removed) {
      int leaf = leaf(id);
      if (leaf != ABSENT) {
        gone.set(leaf);
      }
    }
    int[] fresh = SortedIds.of(shape, added.stream().filter(id -> leaf(id) == ABSENT).toList());
    if (fresh.length == 0 && gone.isEmpty()) {
      return this;
    }
    int[] merged = SortedIds.merge(shape.levels(), codes, gone, fresh);
    int[] last = lastTable(fresh, gone);
    if (last.length == 0) {
      return ofSorted(shape, merged);
    }
    int[][] next = tables.clone();
    next[next.length - 1] = last;
    return new CodeTrie(shape, next, merged);
  }

  /** The last level's table with these leaves; empty where a prefix comes or goes. */
  private int[] lastTable(int[] fresh, BitSet gone) {
    int levels = shape.levels();
    int[] table = tables[levels - 1].clone();
    for (int at = 0; at < fresh.length; at += levels) {
      int cell = lastCell(fresh, at);
      if (cell == ABSENT) {
        return new int[0];
      }
      table[cell] = 0;
    }
    int[] cells = gone.stream().map(leaf -> lastCell(codes, leaf * levels)).toArray();
    for (int cell : cells) {
      table[cell] = ABSENT;
    }
    for (int cell : cells) {
      if (isEmptyRow(table, cell / shape.width())) {
        return new int[0];
      }
    }
    int next = 0;
    for (int cell = 0; cell < table.length; cell++) {
      int present = 1 + (table[cell] >> (Integer.SIZE - 1)); // 0 for ABSENT, without a branch
      table[cell] = (next & -present) | (present - 1);
      next += present;
    }
    return table;
  }

  private boolean isEmptyRow(int[] table, int node) {
    for (int cell = node * shape.width(); cell < (node + 1) * shape.width(); cell++) {
      if (table[cell] != ABSENT) {
        return false;
      }
    }
    return true;
  }

  /** The cell of an ID in the last table, or {@link #ABSENT} where its prefix does not exist. */
  private int lastCell(int[] ids, int at) {
    int last = shape.levels() - 1;
    int node = 0;
    for (int level = 0; level < last && node != ABSENT; level++) {
      node = next(level, node, ids[at + level]);
    }
    boolean exists = node != ABSENT && node < nodes(last);
    return exists ? node * shape.width() + ids[at + last] : ABSENT;
  }

  /**
   * @param codes shape [leaf * levels + level], distinct and ascending; kept
   */
  private static CodeTrie ofSorted(CodebookShape shape, int[] codes) {
    int levels = shape.levels();
    int[] nodes = new int[levels + 1];
    nodes[0] = 1;
    for (int at = 0; at < codes.length; at += levels) {
      for (int level = SortedIds.firstDifference(codes, at, levels); level < levels; level++) {
        nodes[level + 1]++;
      }
    }
    int[][] tables = new int[levels][];
    for (int level = 0; level < levels; level++) {
      tables[level] = new int[cells(level, nodes[level], shape.width())];
      Arrays.fill(tables[level], ABSENT);
    }
    int[] path = new int[levels + 1]; // the nodes of the ID before
    int[] next = new int[levels];
    for (int at = 0; at < codes.length; at += levels) {
      for (int level = SortedIds.firstDifference(codes, at, levels); level < levels; level++) {
        path[level + 1] = next[level]++;
        tables[level][path[level] * shape.width() + codes[at + level]] = path[level + 1];
      }
    }
    return new CodeTrie(shape, tables, codes);
  }

  private static int cells(int level, int nodes, int width) {
    long cells = (long) nodes * width;
    check(
        cells <= MAX_CELLS,
        "level %d of the trie takes %d cells, at most %d are possible",
        level,
        cells,
        MAX_CELLS);
    return (int) cells;
  }

  public CodebookShape shape() {
    return shape;
  }

  /** How many different IDs there are. */
  public int size() {
    return codes.length / shape.levels();
  }

  /** How many nodes a level has: rows of its table. */
  public int nodes(int level) {
    return tables[level].length / shape.width();
  }

  /**
   * A level's table outside the heap, read-only, shape [node * width + code]; made once and kept,
   * so that native code can read it without a copy per request.
   */
  public IntBuffer direct(int level) {
    IntBuffer kept = direct.get(level);
    if (kept == null) {
      kept =
          ByteBuffer.allocateDirect(tables[level].length * Integer.BYTES)
              .order(ByteOrder.nativeOrder())
              .asIntBuffer()
              .put(tables[level])
              .flip()
              .asReadOnlyBuffer();
      direct.set(level, kept);
    }
    return kept.duplicate();
  }

  /** The codes of a leaf, shape [level], a copy. */
  public int[] codes(int leaf) {
    return Arrays.copyOfRange(codes, leaf * shape.levels(), (leaf + 1) * shape.levels());
  }

  /** The leaf of an ID, or {@link #ABSENT}. */
  public int leaf(int[] id) {
    return id.length == shape.levels() ? walk(id) : ABSENT;
  }

  /** The codes that may follow a prefix, ascending; none when the prefix does not exist. */
  public int[] children(int[] prefix) {
    check(
        prefix.length < shape.levels(),
        "prefix has %d codes, expected fewer than %d",
        prefix.length,
        shape.levels());
    int node = walk(prefix);
    if (node == ABSENT || codes.length == 0) {
      return new int[0];
    }
    int[] table = tables[prefix.length];
    int row = node * shape.width();
    return IntStream.range(0, shape.width()).filter(code -> table[row + code] != ABSENT).toArray();
  }

  /**
   * Where a code leads from a node of its level: the node at the next level, the leaf at the last
   * one, or {@link #ABSENT}.
   *
   * @param code in [0, width)
   */
  public int next(int level, int node, int code) {
    return tables[level][node * shape.width() + code];
  }

  /**
   * The first leaf behind a node, whose leaves are numbered without gaps.
   *
   * @param level of the node; that of the leaves is the number of levels
   * @param node of the level, or the number of its nodes for the leaf behind all
   */
  public int firstLeaf(int level, int node) {
    if (level == shape.levels() || node == nodes(level)) {
      return level == shape.levels() ? node : size();
    }
    int code = 0;
    while (next(level, node, code) == ABSENT) {
      code++;
    }
    return firstLeaf(level + 1, next(level, node, code));
  }

  /** How many of an ID's first codes lead to a node or leaf. */
  int prefix(int[] id) {
    int node = 0;
    int level = 0;
    while (level < id.length && node != ABSENT) {
      node = codes.length == 0 ? ABSENT : next(level, node, id[level]);
      level += node == ABSENT ? 0 : 1;
    }
    return level;
  }

  private int walk(int[] prefix) {
    int node = 0;
    for (int level = 0; level < prefix.length && node != ABSENT; level++) {
      int code = prefix[level];
      boolean inside = code >= 0 && code < shape.width();
      node = inside ? next(level, node, code) : ABSENT;
    }
    return node;
  }
}
