package io.sidestream.index.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ClickedItems;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickStoreTest {
  private static final int QUERIES = 8;

  @TempDir Path directory;

  /** Against a map: changes, tombstones and restarts. */
  @Test
  void apply_randomChanges_areReadAsFromAMap() throws Exception {
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 5));
    Map<String, ClickedItems> expected = new HashMap<>();
    for (int round = 0; round < 10; round++) {
      try (ClickStore store = ClickStore.open(directory)) {
        for (int i = 0; i < 20; i++) {
          String query = query(random.nextInt(QUERIES));
          Optional<ClickedItems> change =
              random.nextInt(4) == 0 ? Optional.empty() : Optional.of(clicked(random));
          store.apply(Map.of(query, change), Map.of(0, (long) i));
          change.ifPresentOrElse(now -> expected.put(query, now), () -> expected.remove(query));
        }
        for (int i = 0; i <= QUERIES; i++) {
          assertEquals(
              expected.getOrDefault(query(i), ClickedItems.NONE), store.of(query(i)), query(i));
        }
      }
    }
  }

  @Test
  void open_afterAStop_resumesBehindTheLastApplied() throws Exception {
    ClickedItems of = ClickedItems.of(Map.of(new ItemId("a"), 2L));
    try (ClickStore store = ClickStore.open(directory)) {
      store.apply(Map.of(query(1), Optional.of(of)), Map.of(0, 5L, 3, 9L));
      store.apply(Map.of(), Map.of(3, 12L));
    }
    try (ClickStore store = ClickStore.open(directory)) {
      assertEquals(new TreeMap<>(Map.of(0, 5L, 3, 12L)), store.nextOffsets());
      assertEquals(of, store.of(query(1)));
    }
  }

  private static ClickedItems clicked(SplittableRandom random) {
    Map<ItemId, Long> clicks = new HashMap<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      clicks.put(new ItemId("item " + random.nextInt(20)), 1 + random.nextLong(3));
    }
    return ClickedItems.of(clicks);
  }

  private static String query(int number) {
    return "é query " + number;
  }
}
