package io.sidestream.index.store;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.ItemId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreUsesTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void close_whileAUseIsUnderWay_waitsForIt_andNoneBeginsAfterwards() throws Exception {
    StoreUses uses = new StoreUses("store");
    AtomicInteger closings = new AtomicInteger();
    Thread closing = new Thread(() -> uses.close(closings::incrementAndGet));
    uses.begin();
    uses.begin();
    closing.start();
    await().atMost(TIMEOUT).until(() -> closing.getState() == Thread.State.WAITING);
    assertEquals(0, closings.get());
    uses.end();
    assertEquals(0, closings.get());
    uses.end();
    closing.join();
    assertEquals(1, closings.get());
    uses.close(closings::incrementAndGet);
    assertEquals(1, closings.get());
    assertEquals(
        "store is closed", assertThrows(IllegalStateException.class, uses::begin).getMessage());
  }

  /** Without it RocksDB ends the process: "pthread lock: Invalid argument". */
  @Test
  void close_whileOthersRead_endsTheirReadsAndNotTheProcess() throws Exception {
    ExecutorService readers = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 20; round++) {
        NeighbourStore store = NeighbourStore.open(directory.resolve("store" + round), 1, 1);
        AtomicInteger reads = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int reader = 0; reader < 4; reader++) {
          all.add(
              readers.submit(
                  () ->
                      assertThrows(
                          IllegalStateException.class,
                          () -> {
                            while (true) {
                              store.of(new ItemId("item " + reads.incrementAndGet()));
                            }
                          })));
        }
        await().atMost(TIMEOUT).until(() -> reads.get() > 100);
        store.close();
        for (Future<?> one : all) {
          one.get();
        }
        assertThrows(IllegalStateException.class, () -> store.apply(Map.of(), Map.of()));
      }
    } finally {
      readers.shutdownNow();
    }
  }
}
