package io.sidestream.model.codes;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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
   * width bytes; two levels of 256 cost at most 257 KiB. [1] STATIC, arXiv 2602.22647: dense tables
   * for the upper levels of constrained decoding.
   */

  /** Most cells of one level's table, nodes * width: 2 GiB, as much as one buffer can hold. */
  public static final int MAX_CELLS = Integer.MAX_VALUE / Integer.BYTES;

  /** No item's ID goes this way. */
  public static final int ABSENT = -1;

  private final CodebookShape shape;
  private final int[][] tables; // [level][node * width + code]
  private final int[][] leaves; // [leaf][level]
  private final AtomicReferenceArray<IntBuffer> direct; // [level], created on first use

  private CodeTrie(CodebookShape shape, int[][] tables, int[][] leaves) {
    this.shape = shape;
    this.tables = tables;
    this.leaves = leaves;
    this.direct = new AtomicReferenceArray<>(shape.levels());
  }

  /** The trie of these IDs, each shape [level]; one that comes twice is one leaf. */
  public static CodeTrie of(CodebookShape shape, Collection<int[]> ids) {
    List<int[]> sorted = ids.stream().sorted(Arrays::compare).toList();
    int[] nodes = new int[shape.levels() + 1];
    int[][] tables = new int[shape.levels()][];
    nodes[0] = 1;
    for (int level = 0; level < shape.levels(); level++) {
      nodes[level + 1] = distinctPrefixes(shape, sorted, level + 1);
      long cells = (long) nodes[level] * shape.width();
      check(
          cells <= MAX_CELLS,
          "level %d of the trie takes %d cells, at most %d are possible",
          level,
          cells,
          MAX_CELLS);
      tables[level] = new int[(int) cells];
      Arrays.fill(tables[level], ABSENT);
    }
    int[][] leaves = new int[nodes[shape.levels()]][];
    int[] next = new int[shape.levels()];
    for (int[] id : sorted) {
      int node = 0;
      for (int level = 0; level < shape.levels(); level++) {
        int cell = node * shape.width() + id[level];
        if (tables[level][cell] == ABSENT) {
          tables[level][cell] = next[level]++;
        }
        node = tables[level][cell];
      }
      leaves[node] = id.clone();
    }
    return new CodeTrie(shape, tables, leaves);
  }

  private static int distinctPrefixes(CodebookShape shape, List<int[]> sorted, int length) {
    int distinct = 0;
    int[] before = null;
    for (int[] id : sorted) {
      checkEqual(id.length, shape.levels(), "id has %d codes");
      int code = id[length - 1];
      check(code >= 0 && code < shape.width(), "code %d of %d", code, shape.width());
      if (before == null || Arrays.compare(before, 0, length, id, 0, length) != 0) {
        distinct++;
      }
      before = id;
    }
    return distinct;
  }

  public CodebookShape shape() {
    return shape;
  }

  /** How many different IDs there are. */
  public int size() {
    return leaves.length;
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
    return leaves[leaf].clone();
  }

  /** The leaf of an ID, or {@link #ABSENT}. */
  public int leaf(int[] codes) {
    return codes.length == shape.levels() ? walk(codes) : ABSENT;
  }

  /** The codes that may follow a prefix, ascending; none when the prefix does not exist. */
  public int[] children(int[] prefix) {
    check(
        prefix.length < shape.levels(),
        "prefix has %d codes, expected fewer than %d",
        prefix.length,
        shape.levels());
    int node = walk(prefix);
    if (node == ABSENT || leaves.length == 0) {
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

  private int walk(int[] codes) {
    int node = 0;
    for (int level = 0; level < codes.length && node != ABSENT; level++) {
      int code = codes[level];
      boolean inside = code >= 0 && code < shape.width();
      node = inside ? next(level, node, code) : ABSENT;
    }
    return node;
  }
}
