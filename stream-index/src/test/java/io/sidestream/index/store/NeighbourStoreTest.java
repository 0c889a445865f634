package io.sidestream.index.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Neighbour;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighbourStoreTest {
  private static final int MANY = 1_000;

  @TempDir Path directory;

  /** Against a map: changes, tombstones and restarts, with few items and totals in memory. */
  @Test
  void apply_randomChanges_areReadAsFromAMap() throws Exception {
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 5));
    Map<ItemId, ItemNeighbours> expected = new HashMap<>();
    for (int round = 0; round < 30; round++) {
      int totals = round % 2 == 0 ? MANY : 3;
      try (NeighbourStore store = NeighbourStore.open(directory, random.nextInt(4), totals)) {
        for (int i = 0; i < 20; i++) {
          assertReads(expected, store);
          ItemId item = item(random.nextInt(8));
          Optional<ItemNeighbours> change =
              random.nextInt(4) == 0 ? Optional.empty() : Optional.of(neighbours(random));
          store.apply(Map.of(item, change), Map.of(0, (long) i));
          change.ifPresentOrElse(now -> expected.put(item, now), () -> expected.remove(item));
        }
        assertReads(expected, store);
      }
    }
  }

  private static void assertReads(Map<ItemId, ItemNeighbours> expected, NeighbourStore store) {
    for (int i = 0; i < 9; i++) {
      ItemNeighbours of = expected.getOrDefault(item(i), ItemNeighbours.NONE);
      assertEquals(of, store.of(item(i)));
      assertEquals(of.incoming(), store.incoming(item(i)));
    }
  }

  @Test
  void open_afterAStop_resumesBehindTheLastApplied() throws Exception {
    ItemNeighbours of = new ItemNeighbours(1, 7, List.of(new Neighbour(item(2), 1)));
    try (NeighbourStore store = NeighbourStore.open(directory, 1, MANY)) {
      store.apply(Map.of(item(1), Optional.of(of)), Map.of(0, 5L, 3, 9L));
      store.apply(Map.of(), Map.of(3, 12L));
    }
    try (NeighbourStore store = NeighbourStore.open(directory, 1, MANY)) {
      assertEquals(new TreeMap<>(Map.of(0, 5L, 3, 12L)), store.nextOffsets());
      assertEquals(of, store.of(item(1)));
      assertEquals(7, store.incoming(item(1)));
      assertEquals(1, store.size());
    }
  }

  @Test
  void of_itemsReadLast_areKeptUpToTheLimit() throws Exception {
    try (NeighbourStore store = NeighbourStore.open(directory, 2, MANY)) {
      for (int i = 0; i < 3; i++) {
        ItemNeighbours of = new ItemNeighbours(i, 1, List.of());
        store.apply(Map.of(item(i), Optional.of(of)), Map.of());
      }
      ItemNeighbours first = store.of(item(0));
      store.of(item(1));
      assertSame(first, store.of(item(0)));
      store.of(item(2)); // evicts 1
      assertSame(first, store.of(item(0)));
    }
  }

  private static ItemNeighbours neighbours(SplittableRandom random) {
    Map<ItemId, Long> counts = new HashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      counts.put(item(random.nextInt(20)), 1 + random.nextLong(3));
    }
    return new ItemNeighbours(
        random.nextLong(9), random.nextLong(9), ItemNeighbours.best(counts, 3));
  }

  private static ItemId item(int number) {
    return new ItemId("é" + number);
  }
}
