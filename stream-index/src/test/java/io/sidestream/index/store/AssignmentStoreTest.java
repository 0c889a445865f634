package io.sidestream.index.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.CodedItemKey;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssignmentStoreTest {
  private static final Generation FIRST = new Generation(1);
  private static final Generation SECOND = new Generation(2);
  private static final String HASH = "a".repeat(64);

  @TempDir Path directory;

  @Test
  void ingest_assignments_areReadBackWithCodesAndVectors() throws Exception {
    try (AssignmentStore store = AssignmentStore.open(directory)) {
      assertTrue(store.ingest(FIRST, HASH, assignments("a", "b", "\uFFFDx", "\uD83D\uDE00")));
      assertEquals(4, store.items(FIRST).size());
      CodedItem b = store.find(FIRST, new ItemId("b")).orElseThrow();
      assertArrayEquals(new int[] {1, 65_535}, b.id().codes());
      assertArrayEquals(new float[] {1, 0.5f, -0.25f}, b.vector());
      assertTrue(store.items(SECOND).isEmpty());
    }
  }

  @Test
  void ingest_sameBundleTwice_writesOnce() throws Exception {
    try (AssignmentStore store = AssignmentStore.open(directory)) {
      assertTrue(store.ingest(FIRST, HASH, assignments("a")));
      assertFalse(store.ingest(FIRST, HASH, assignments("a")));
    }
  }

  @Test
  void ingest_otherBundleOfTheNumber_replacesTheRows() throws Exception {
    try (AssignmentStore store = AssignmentStore.open(directory)) {
      store.ingest(FIRST, HASH, assignments("a", "b"));
      store.ingest(FIRST, "b".repeat(64), assignments("b", "c"));
      assertEquals(
          List.of(new ItemId("b"), new ItemId("c")), List.copyOf(store.items(FIRST).keySet()));
    }
  }

  @Test
  void apply_changeBeforeItsBundle_winsOverTheBundle() throws Exception {
    try (AssignmentStore store = AssignmentStore.open(directory)) {
      store.apply(
          List.of(CodedChange.upserted(coded(FIRST, "a", 7)), removed(FIRST, "b")), Map.of(0, 2L));
      store.ingest(FIRST, HASH, assignments("a", "b", "c"));
      assertEquals(
          List.of(new ItemId("a"), new ItemId("c")), List.copyOf(store.items(FIRST).keySet()));
      assertEquals(7, store.find(FIRST, new ItemId("a")).orElseThrow().id().codes()[0]);
      assertTrue(store.find(FIRST, new ItemId("b")).isEmpty());
    }
  }

  @Test
  void open_afterChanges_resumesBehindTheLastApplied() throws Exception {
    try (AssignmentStore store = AssignmentStore.open(directory)) {
      store.apply(List.of(CodedChange.upserted(coded(FIRST, "a", 1))), Map.of(0, 5L, 3, 9L));
      store.apply(List.of(), Map.of(3, 12L));
    }
    try (AssignmentStore store = AssignmentStore.open(directory)) {
      assertEquals(new TreeMap<>(Map.of(0, 5L, 3, 12L)), store.nextOffsets());
      assertTrue(store.find(FIRST, new ItemId("a")).isPresent());
    }
  }

  /** A process that is killed closes nothing: what it leaves behind is a copy of its files. */
  @Test
  void open_filesOfAKilledProcess_haveChangesAndOffsetsTogether() throws Exception {
    Path killed = directory.resolve("killed");
    Path live = directory.resolve("live");
    try (AssignmentStore store = AssignmentStore.open(live)) {
      store.apply(List.of(CodedChange.upserted(coded(FIRST, "a", 1))), Map.of(0, 5L));
      store.apply(List.of(CodedChange.upserted(coded(FIRST, "b", 1))), Map.of(0, 6L));
      Files.createDirectory(killed);
      try (Stream<Path> files = Files.list(live)) {
        for (Path file : files.filter(file -> !file.endsWith("LOCK")).toList()) {
          Files.copy(file, killed.resolve(file.getFileName()));
        }
      }
      store.apply(List.of(CodedChange.upserted(coded(FIRST, "c", 1))), Map.of(0, 7L));
    }
    try (AssignmentStore store = AssignmentStore.open(killed)) {
      assertEquals(Map.of(0, 6L), store.nextOffsets());
      assertEquals(2, store.items(FIRST).size());
    }
  }

  @Test
  void retire_generation_forgetsItsRowsOnly() throws Exception {
    try (AssignmentStore store = AssignmentStore.open(directory)) {
      store.ingest(FIRST, HASH, assignments("a"));
      store.ingest(SECOND, HASH, assignments("a"));
      store.apply(List.of(CodedChange.upserted(coded(FIRST, "z", 1))), Map.of(0, 1L));
      store.retire(FIRST);
      assertTrue(store.items(FIRST).isEmpty());
      assertEquals(1, store.items(SECOND).size());
      assertTrue(store.ingest(FIRST, HASH, assignments("a")), "may come again");
      assertEquals(1, store.items(FIRST).size());
    }
  }

  @Test
  void open_directoryInUse_saysSo() throws Exception {
    try (AssignmentStore store = AssignmentStore.open(directory)) {
      assertTrue(store.nextOffsets().isEmpty());
      StoreException refused =
          assertThrows(StoreException.class, () -> AssignmentStore.open(directory));
      assertTrue(refused.getMessage().contains(directory.toString()), refused.getMessage());
    }
  }

  @Test
  void changed_itemUnderAnotherKey_isRefused() {
    CodedItemKey other = new CodedItemKey(SECOND, new ItemId("a"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CodedChange(other, Optional.of(coded(FIRST, "a", 1))));
  }

  /**
   * Whatever the order of bundle, changes, retirements and restarts: the store is a map of maps.
   */
  @Test
  void anyOrder_ofSteps_equalsAMapOfMaps() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    Map<Generation, Map<ItemId, Integer>> bundles = new TreeMap<>();
    Map<Generation, Map<ItemId, Optional<Integer>>> changes = new TreeMap<>();
    AssignmentStore store = AssignmentStore.open(directory);
    try {
      for (int step = 0; step < 300; step++) {
        Generation generation = new Generation(1 + random.nextInt(3));
        ItemId item = new ItemId("item" + random.nextInt(12));
        switch (random.nextInt(12)) {
          case 0 -> {
            store.close();
            store = AssignmentStore.open(directory);
          }
          case 1 -> {
            store.retire(generation);
            bundles.remove(generation);
            changes.remove(generation);
          }
          case 2, 3 -> {
            if (store.ingest(generation, HASH, assignments("item1", "item2", "item5"))) {
              bundles.put(generation, Map.of(id("item1"), 0, id("item2"), 1, id("item5"), 2));
            }
          }
          case 4, 5, 6 -> {
            store.apply(List.of(removed(generation, item.value())), Map.of());
            changes
                .computeIfAbsent(generation, g -> new TreeMap<>())
                .put(item, Optional.<Integer>empty());
          }
          default -> {
            int code = random.nextInt(65_536);
            store.apply(
                List.of(CodedChange.upserted(coded(generation, item.value(), code))), Map.of());
            changes.computeIfAbsent(generation, g -> new TreeMap<>()).put(item, Optional.of(code));
          }
        }
        assertEquals(expected(bundles, changes, generation), firstCodes(store, generation));
      }
    } finally {
      store.close();
    }
  }

  private static Map<ItemId, Integer> expected(
      Map<Generation, Map<ItemId, Integer>> bundles,
      Map<Generation, Map<ItemId, Optional<Integer>>> changes,
      Generation generation) {
    Map<ItemId, Integer> expected = new TreeMap<>(bundles.getOrDefault(generation, Map.of()));
    changes
        .getOrDefault(generation, Map.of())
        .forEach(
            (item, code) ->
                code.ifPresentOrElse(c -> expected.put(item, c), () -> expected.remove(item)));
    return expected;
  }

  private static Map<ItemId, Integer> firstCodes(AssignmentStore store, Generation generation) {
    Map<ItemId, Integer> codes = new TreeMap<>();
    store.items(generation).forEach((item, coded) -> codes.put(item, coded.id().codes()[0]));
    return codes;
  }

  private static ItemId id(String value) {
    return new ItemId(value);
  }

  private static CodedChange removed(Generation generation, String item) {
    return CodedChange.removed(new CodedItemKey(generation, new ItemId(item)));
  }

  private static CodedItem coded(Generation generation, String item, int code) {
    return new CodedItem(
        new ItemId(item), new SemanticId(generation, new int[] {code, 3}), new float[] {1, 2, 3});
  }

  /** Rows in the order of their ids; the row's number is its first code. */
  private static Assignments assignments(String... ids) {
    List<ItemId> items = new ArrayList<>();
    for (String id : ids) {
      items.add(new ItemId(id));
    }
    items.sort(null);
    int rows = items.size();
    int[][] codes = new int[rows][];
    float[][] vectors = new float[rows][];
    for (int row = 0; row < rows; row++) {
      codes[row] = new int[] {row, 65_535};
      vectors[row] = new float[] {1, 0.5f, -0.25f};
    }
    return new Assignments(
        items, codes, vectors, new float[rows][1], new float[rows], new float[rows]);
  }
}
