package io.sidestream.learning.sequence;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The items that a sequence generator reads and writes: text halves, codes, and which items share
 * an ID. Arrays are not copied: they are as large as the catalogue.
 */
public final class SequenceItems {
  private final float[][] texts; // [row][D]
  private final int[][] codes; // [row][level]
  private final CodeTrie trie;
  private final int[][] rowsOfLeaf; // [leaf][i], ascending
  private final int[] leafOf; // [row]
  private final int[] places; // [row], its place among the rows of its leaf

  /**
   * @param texts unit vectors of the items by text alone, shape [row][D]
   * @param codes shape [row][level]
   */
  public SequenceItems(CodebookShape shape, float[][] texts, int[][] codes) {
    check(
        texts.length == codes.length && codes.length > 0,
        "%d texts and %d IDs, expected as many and 1 or more",
        texts.length,
        codes.length);
    this.texts = texts;
    this.codes = codes;
    this.trie = CodeTrie.of(shape, List.of(codes));
    this.leafOf = Arrays.stream(codes).mapToInt(trie::leaf).toArray();
    this.places = new int[codes.length];
    int[] counts = new int[trie.size()];
    for (int row = 0; row < codes.length; row++) {
      places[row] = counts[leafOf[row]]++;
    }
    this.rowsOfLeaf = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
    IntStream.range(0, codes.length).forEach(row -> rowsOfLeaf[leafOf[row]][places[row]] = row);
  }

  /** N. */
  public int size() {
    return codes.length;
  }

  /** The trie of the items' IDs. */
  public CodeTrie trie() {
    return trie;
  }

  /** D. */
  int dimensions() {
    return texts[0].length;
  }

  float[] text(int row) {
    return texts[row];
  }

  int code(int row, int level) {
    return codes[row][level];
  }

  int[] codes(int row) {
    return codes[row];
  }

  /** The leaf of the trie that holds a row's ID. */
  int leaf(int row) {
    return leafOf[row];
  }

  /** The rows whose ID a leaf holds, ascending. */
  int[] rowsOf(int leaf) {
    return rowsOfLeaf[leaf];
  }

  /** The rows that share a row's ID, itself included, ascending. */
  int[] sharing(int row) {
    return rowsOfLeaf[leafOf[row]];
  }

  /** A row's place among those that share its ID. */
  int place(int row) {
    return places[row];
  }
}
