package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.generator.Task;
import io.sidestream.model.vectors.Vectors;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final Generation GENERATION = new Generation(3);
  private static final CodebookShape SHAPE = new CodebookShape(2, 6);
  private static final int DIMENSIONS = 4;

  @Test
  void with_randomChanges_equalsRebuildingFromScratch() {
    Random random = seeded("with_randomChanges_equalsRebuildingFromScratch");
    // More rows than a block, so that versions share some blocks and own others.
    Assignments corpus = corpus(VectorColumns.BLOCK + 40, random);
    Map<ItemId, CodedItem> expected = new TreeMap<>();
    for (int row = 0; row < corpus.size(); row++) {
      ItemId item = corpus.items().get(row);
      expected.put(item, coded(item, corpus.codes()[row], corpus.vectors()[row]));
    }
    Catalogue catalogue = Catalogue.of(GENERATION, SHAPE, corpus);
    assertSays(expected, corpus, catalogue);
    for (int round = 0; round < 60; round++) {
      List<CodedItem> changed = new ArrayList<>();
      for (int i = random.nextInt(8); i > 0; i--) {
        changed.add(randomItem(TinyGeneration.itemId(random.nextInt(400)), random));
      }
      List<ItemId> removed = new ArrayList<>();
      for (int i = random.nextInt(8); i > 0; i--) {
        removed.add(TinyGeneration.itemId(random.nextInt(400)));
      }
      Catalogue before = catalogue;
      Map<ItemId, CodedItem> expectedBefore = new TreeMap<>(expected);
      catalogue = before.with(changed, removed);
      changed.forEach(item -> expected.put(item.item(), item));
      removed.forEach(expected::remove);
      assertSays(expected, corpus, catalogue);
      assertSays(expectedBefore, corpus, before);
    }
  }

  @Test
  void row_itemsOfEqualHash_areToldApart() {
    Random random = new Random(1);
    ItemId one = new ItemId("Aa");
    ItemId other = new ItemId("BB");
    assertEquals(one.value().hashCode(), other.value().hashCode());
    Catalogue both =
        Catalogue.of(GENERATION, SHAPE, corpus(3, random))
            .with(List.of(randomItem(one, random), randomItem(other, random)), List.of());

    assertEquals(OptionalInt.of(3), both.row(one));
    assertEquals(OptionalInt.of(4), both.row(other));
    Catalogue without = both.with(List.of(), List.of(one));
    assertEquals(OptionalInt.empty(), without.row(one));
    assertEquals(OptionalInt.of(3), without.row(other)); // the last row takes the place
  }

  @Test
  void with_everythingRemovedAndOneAdded_answersWithThatOne() {
    Random random = new Random(1);
    Assignments corpus = corpus(10, random);
    Catalogue none = Catalogue.of(GENERATION, SHAPE, corpus).with(List.of(), corpus.items());
    assertEquals(0, none.size());
    assertEquals(0, none.trie().size());
    CodedItem one = randomItem(new ItemId("one"), random);
    Catalogue again = none.with(List.of(one), List.of());
    assertSays(Map.of(one.item(), one), corpus, again);
  }

  @Test
  void with_noNewOrGoneId_keepsTheTrie() {
    Random random = new Random(2);
    Assignments corpus = corpus(100, random);
    Catalogue catalogue = Catalogue.of(GENERATION, SHAPE, corpus);
    CodedItem twin = coded(new ItemId("twin"), corpus.codes()[5], corpus.vectors()[5]);
    Catalogue more = catalogue.with(List.of(twin), List.of());
    assertSame(catalogue.trie(), more.trie());
    assertSame(catalogue.trie(), more.with(List.of(), List.of(twin.item())).trie());
    List<ItemId> bucket = catalogue.itemsBehind(catalogue.id(0));
    assertNotSame(catalogue.trie(), catalogue.with(List.of(), bucket).trie());
  }

  @Tag("B8")
  @Test
  void with_itemRemovedAndBack_hasItsPopularityAgain() {
    Assignments corpus = corpus(10, new Random(3));
    ItemId item = corpus.items().get(4);
    CodedItem same = coded(item, corpus.codes()[4], corpus.vectors()[4]);
    Catalogue catalogue = Catalogue.of(GENERATION, SHAPE, corpus);
    Catalogue back = catalogue.with(List.of(), List.of(item)).with(List.of(same), List.of());
    for (Task task : Task.values()) {
      assertEquals(
          catalogue.logPopularity(catalogue.row(item).getAsInt(), task),
          back.logPopularity(back.row(item).getAsInt(), task));
    }
  }

  @Test
  void with_itemOfAnotherGeneration_isRefused() {
    Catalogue catalogue = Catalogue.of(GENERATION, SHAPE, corpus(3, new Random(4)));
    CodedItem stranger =
        new CodedItem(
            new ItemId("x"),
            new SemanticId(GENERATION.next(), new int[] {0, 0}),
            new float[DIMENSIONS]);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> catalogue.with(List.of(stranger), List.of()));
    assertEquals("generation 3: item x is coded in generation 4", e.getMessage());
  }

  @Tag("B14")
  @Test
  void with_vectorOrCodesOfAnotherShape_isRefused() {
    Catalogue catalogue = Catalogue.of(GENERATION, SHAPE, corpus(3, new Random(4)));
    CodedItem longVector = coded(new ItemId("x"), new int[] {0, 0}, new float[DIMENSIONS + 1]);
    CodedItem wideCode = coded(new ItemId("x"), new int[] {0, 6}, new float[DIMENSIONS]);
    assertThrows(
        IllegalArgumentException.class, () -> catalogue.with(List.of(longVector), List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> catalogue.with(List.of(wideCode), List.of()));
  }

  @Test
  void itemsBehind_idOfAnotherGenerationOrNone_isEmpty() {
    Catalogue catalogue = Catalogue.of(GENERATION, SHAPE, corpus(3, new Random(4)));
    int[] codes = catalogue.codes(0);
    assertTrue(catalogue.itemsBehind(catalogue.id(0)).contains(catalogue.item(0)));
    assertEquals(List.of(), catalogue.itemsBehind(new SemanticId(GENERATION.next(), codes)));
    assertEquals(List.of(), catalogue.itemsBehind(new SemanticId(GENERATION, new int[] {5, 6})));
  }

  @Test
  void best_randomScoresWithTies_equalsSorting() {
    Random random = seeded("best_randomScoresWithTies_equalsSorting");
    Catalogue catalogue = Catalogue.of(GENERATION, SHAPE, corpus(50, random));
    for (int round = 0; round < 200; round++) {
      float[] scores = new float[catalogue.size()];
      for (int row = 0; row < scores.length; row++) {
        scores[row] = random.nextInt(8);
      }
      Set<ItemId> excluded = new HashSet<>();
      for (int i = random.nextInt(10); i > 0; i--) {
        excluded.add(catalogue.item(random.nextInt(catalogue.size())));
      }
      int n = random.nextInt(60);
      int[] expected =
          IntStream.range(0, catalogue.size())
              .boxed()
              .filter(row -> !excluded.contains(catalogue.item(row)))
              .sorted(
                  Comparator.<Integer>comparingDouble(row -> -scores[row])
                      .thenComparing(catalogue::item))
              .limit(n)
              .mapToInt(Integer::intValue)
              .toArray();
      assertArrayEquals(
          expected, catalogue.best(scores, n, row -> !excluded.contains(catalogue.item(row))));
    }
  }

  private static void assertSays(
      Map<ItemId, CodedItem> expected, Assignments corpus, Catalogue catalogue) {
    assertEquals(expected.size(), catalogue.size());
    float[] query = {0.5f, -0.5f, 0.5f, 0.5f};
    float[] cosines = catalogue.cosines(query);
    Map<SemanticId, List<ItemId>> buckets = new HashMap<>();
    for (CodedItem item : expected.values()) {
      int row = catalogue.row(item.item()).orElseThrow();
      assertEquals(item.item(), catalogue.item(row));
      assertEquals(item.id(), catalogue.id(row));
      assertArrayEquals(item.vector(), catalogue.vector(row));
      assertEquals(inOrder(item.vector(), query), cosines[row]);
      assertArrayEquals(item.id().codes(), catalogue.trie().codes(catalogue.leaf(row)));
      assertTrue(IntStream.of(catalogue.rows(catalogue.leaf(row))).anyMatch(r -> r == row));
      int known = corpus.items().indexOf(item.item());
      assertEquals(
          known < 0 ? 0 : (float) Math.log1p(corpus.searches()[known]),
          catalogue.logPopularity(row, Task.SEARCH));
      assertEquals(
          known < 0 ? 0 : (float) Math.log1p(corpus.interactions()[known]),
          catalogue.logPopularity(row, Task.RECOMMENDATION));
      buckets.computeIfAbsent(item.id(), id -> new ArrayList<>()).add(item.item());
    }
    assertEquals(buckets.size(), catalogue.trie().size());
    buckets.forEach(
        (id, items) -> assertEquals(items.stream().sorted().toList(), catalogue.itemsBehind(id)));
  }

  /** A row's product must not depend on its place: summed in the order of dimensions. */
  private static float inOrder(float[] vector, float[] query) {
    float sum = 0;
    for (int d = 0; d < query.length; d++) {
      sum += vector[d] * query[d];
    }
    return sum;
  }

  private static Assignments corpus(int size, Random random) {
    List<ItemId> items = IntStream.range(0, size).mapToObj(TinyGeneration::itemId).toList();
    int[][] codes = new int[size][];
    float[][] vectors = new float[size][];
    float[] interactions = new float[size];
    float[] searches = new float[size];
    for (int row = 0; row < size; row++) {
      CodedItem item = randomItem(items.get(row), random);
      codes[row] = item.id().codes();
      vectors[row] = item.vector();
      interactions[row] = random.nextInt(100);
      searches[row] = random.nextInt(100);
    }
    return new Assignments(items, codes, vectors, new float[size][1], interactions, searches);
  }

  private static CodedItem randomItem(ItemId item, Random random) {
    float[] vector = new float[DIMENSIONS];
    for (int d = 0; d < DIMENSIONS; d++) {
      vector[d] = (float) random.nextGaussian();
    }
    return coded(item, random.ints(2, 0, SHAPE.width()).toArray(), Vectors.normalize(vector));
  }

  private static CodedItem coded(ItemId item, int[] codes, float[] vector) {
    return new CodedItem(item, new SemanticId(GENERATION, codes), vector);
  }

  private static Random seeded(String test) {
    long seed = System.nanoTime();
    System.out.println(test + " seed " + seed);
    return new Random(seed);
  }
}
