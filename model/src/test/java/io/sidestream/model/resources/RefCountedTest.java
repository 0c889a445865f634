package io.sidestream.model.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefCountedTest {
  private final AtomicInteger closed = new AtomicInteger();

  @Test
  void release_lastReference_closesOnce() {
    RefCounted<AutoCloseable> shared = new RefCounted<>(closed::incrementAndGet);
    assertTrue(shared.tryRetain());
    shared.release();
    assertEquals(0, closed.get());
    shared.release();
    assertEquals(1, closed.get());
    assertFalse(shared.tryRetain());
    assertThrows(IllegalArgumentException.class, shared::get);
  }

  @Test
  void release_moreOftenThanRetained_isRefused() {
    RefCounted<AutoCloseable> shared = new RefCounted<>(closed::incrementAndGet);
    shared.release();
    assertThrows(IllegalStateException.class, shared::release);
    assertEquals(1, closed.get());
  }

  /** Law: it closes exactly once, after the last release, whatever is retained in between. */
  @Test
  void anyReferences_inAnyOrder_closeExactlyOnceAfterTheLast() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 200; round++) {
        closed.set(0);
        RefCounted<AutoCloseable> shared = new RefCounted<>(closed::incrementAndGet);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> holders = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
          SplittableRandom own = random.split();
          holders.add(threads.submit(() -> retainAndRelease(shared, start, own)));
        }
        start.countDown();
        if (random.nextBoolean()) {
          Thread.onSpinWait();
        }
        shared.release();
        for (Future<?> holder : holders) {
          holder.get();
        }
        assertEquals(1, closed.get());
        assertFalse(shared.tryRetain());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Void retainAndRelease(
      RefCounted<AutoCloseable> shared, CountDownLatch start, SplittableRandom random)
      throws InterruptedException {
    start.await();
    for (int i = 0; i < 50; i++) {
      if (shared.tryRetain()) {
        assertEquals(0, closed.get(), "closed while it is retained");
        if (random.nextInt(4) == 0) {
          Thread.onSpinWait();
        }
        shared.release();
      }
    }
    return null;
  }
}
