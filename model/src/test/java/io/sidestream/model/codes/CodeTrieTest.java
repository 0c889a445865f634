package io.sidestream.model.codes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodeTrieTest {
  /** The IDs as a sorted set: whatever a trie says can be read off it. */
  private record Naive(TreeSet<int[]> ids) {
    static Naive of(List<int[]> ids) {
      TreeSet<int[]> sorted = new TreeSet<>(Arrays::compare);
      sorted.addAll(ids);
      return new Naive(sorted);
    }

    int[] children(int[] prefix) {
      return ids.stream()
          .filter(id -> Arrays.equals(id, 0, prefix.length, prefix, 0, prefix.length))
          .mapToInt(id -> id[prefix.length])
          .distinct()
          .toArray();
    }
  }

  @Test
  void children_randomIds_equalNaive() {
    long seed = System.nanoTime();
    System.out.println("children_randomIds_equalNaive seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      CodebookShape shape = new CodebookShape(1 + random.nextInt(6), 2 + random.nextInt(7));
      List<int[]> ids = ids(shape, random.nextInt(60), random);
      CodeTrie trie = CodeTrie.of(shape, ids);
      Naive naive = Naive.of(ids);
      for (int probe = 0; probe < 50; probe++) {
        int[] prefix = randomCodes(shape, random.nextInt(shape.levels()), random);
        assertArrayEquals(naive.children(prefix), trie.children(prefix));
      }
    }
  }

  @Test
  void leaf_randomIds_roundTripsInLexicographicOrder() {
    long seed = System.nanoTime();
    System.out.println("leaf_randomIds_roundTripsInLexicographicOrder seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      CodebookShape shape = new CodebookShape(1 + random.nextInt(6), 2 + random.nextInt(7));
      List<int[]> ids = ids(shape, random.nextInt(60), random);
      CodeTrie trie = CodeTrie.of(shape, ids);
      int leaf = 0;
      for (int[] id : Naive.of(ids).ids()) {
        assertEquals(leaf, trie.leaf(id));
        assertArrayEquals(id, trie.codes(leaf));
        leaf++;
      }
      assertEquals(leaf, trie.size());
      int[] other = randomCodes(shape, shape.levels(), random);
      assertEquals(Naive.of(ids).ids().contains(other), trie.leaf(other) != CodeTrie.ABSENT);
    }
  }

  @Test
  void with_randomChanges_equalsATrieOfTheseIds() {
    long seed = System.nanoTime();
    System.out.println("with_randomChanges_equalsATrieOfTheseIds seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      CodebookShape shape = new CodebookShape(1 + random.nextInt(6), 2 + random.nextInt(4));
      TreeSet<int[]> ids = Naive.of(ids(shape, random.nextInt(40), random)).ids();
      CodeTrie trie = CodeTrie.of(shape, ids);
      for (int change = 0; change < 10; change++) {
        TreeSet<int[]> added = Naive.of(ids(shape, random.nextInt(4), random)).ids();
        TreeSet<int[]> removed = Naive.of(ids(shape, random.nextInt(4), random)).ids();
        removed.removeAll(added);
        trie = trie.with(added, removed);
        ids.removeAll(removed);
        ids.addAll(added);
        CodeTrie expected = CodeTrie.of(shape, ids);
        assertEquals(expected.size(), trie.size());
        for (int level = 0; level < shape.levels(); level++) {
          assertArrayEquals(table(expected, level), table(trie, level));
        }
        for (int leaf = 0; leaf < trie.size(); leaf++) {
          assertArrayEquals(expected.codes(leaf), trie.codes(leaf));
        }
      }
      assertSame(trie, trie.with(ids, List.of()));
    }
  }

  @Test
  void tables_walkedByHand_leadToTheLeaf() {
    CodeTrie trie =
        CodeTrie.of(
            new CodebookShape(2, 4), List.of(new int[] {3, 0}, new int[] {1, 2}, new int[] {3, 3}));
    assertArrayEquals(new int[] {-1, 0, -1, 1}, table(trie, 0));
    assertArrayEquals(new int[] {-1, -1, 0, -1, 1, -1, -1, 2}, table(trie, 1));
    assertEquals(2, trie.nodes(1));
  }

  @Test
  void direct_everyLevel_equalsTableAndIsReadOnlyOutsideTheHeap() {
    CodeTrie trie =
        CodeTrie.of(new CodebookShape(2, 4), List.of(new int[] {3, 0}, new int[] {1, 2}));
    for (int level = 0; level < 2; level++) {
      IntBuffer direct = trie.direct(level);
      assertTrue(direct.isDirect() && direct.isReadOnly());
      int[] read = new int[direct.remaining()];
      direct.get(read);
      assertArrayEquals(table(trie, level), read);
      assertEquals(read.length, trie.direct(level).remaining(), "reading must not move the next");
    }
  }

  @Test
  void of_noIds_hasNoChildrenAndNoLeaves() {
    CodeTrie trie = CodeTrie.of(CodebookShape.DEFAULT, List.of());
    assertEquals(0, trie.size());
    assertEquals(0, trie.children(new int[0]).length);
    assertEquals(CodeTrie.ABSENT, trie.leaf(new int[] {0, 0}));
    assertEquals(CodeTrie.ABSENT, trie.leaf(new int[] {0}));
  }

  @Test
  void of_codeOutsideWidth_isRefused() {
    CodebookShape shape = new CodebookShape(2, 4);
    assertThrows(
        IllegalArgumentException.class, () -> CodeTrie.of(shape, List.of(new int[] {0, 4})));
    assertThrows(IllegalArgumentException.class, () -> CodeTrie.of(shape, List.of(new int[] {0})));
  }

  private static List<int[]> ids(CodebookShape shape, int count, Random random) {
    List<int[]> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(randomCodes(shape, shape.levels(), random));
    }
    return ids;
  }

  private static int[] randomCodes(CodebookShape shape, int length, Random random) {
    return random.ints(length, 0, shape.width()).toArray();
  }

  @Test
  void of_moreCellsThanABufferHolds_isRefused() {
    CodebookShape wide = new CodebookShape(2, 65_536);
    int nodes = CodeTrie.MAX_CELLS / wide.width() + 1;
    List<int[]> ids = IntStream.range(0, nodes).mapToObj(code -> new int[] {code, 0}).toList();
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> CodeTrie.of(wide, ids));
    assertEquals(
        "level 1 of the trie takes 536870912 cells, at most 536870911 are possible",
        refused.getMessage());
  }

  /** Shape [node * width + code]. */
  private static int[] table(CodeTrie trie, int level) {
    int width = trie.shape().width();
    return IntStream.range(0, trie.nodes(level) * width)
        .map(cell -> trie.next(level, cell / width, cell % width))
        .toArray();
  }
}
