package io.sidestream.index.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.model.store.RetryDelays;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingWriteTest {
  private static final RetryDelays DELAYS =
      new RetryDelays(Duration.ofNanos(10), Duration.ofNanos(40));

  private long nanos;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final WaitingWrite write = new WaitingWrite(DELAYS, registry, () -> nanos);
  private Optional<StoreException> failure = Optional.empty();
  private int attempts;
  private int written;

  private void write() {
    attempts++;
    if (failure.isPresent()) {
      throw failure.get();
    }
    written++;
  }

  @Test
  void begin_diskWithSpace_isDone() {
    write.begin(this::write);
    assertFalse(write.isWaiting());
    write.retryIfDue();
    assertEquals(1, attempts);
  }

  @Test
  void begin_fullDisk_isTriedAgainWithGrowingDelaysUntilItIsDone() {
    failure = Optional.of(StoreFailures.fullDisk());
    write.begin(this::write);
    int[] attemptsAt = new int[75];
    for (; nanos < attemptsAt.length; nanos++) {
      write.retryIfDue();
      attemptsAt[(int) nanos] = attempts;
    }
    assertEquals(1, attemptsAt[9]);
    assertEquals(2, attemptsAt[10]);
    assertEquals(2, attemptsAt[29]);
    assertEquals(3, attemptsAt[30]);
    assertEquals(4, attemptsAt[70]);
    assertTrue(write.isWaiting());
    assertThrows(IllegalArgumentException.class, () -> write.begin(this::write));

    failure = Optional.empty();
    nanos += 40;
    write.retryIfDue();
    assertFalse(write.isWaiting());
    assertEquals(1, written);
    assertEquals(4, registry.counter("sidestream.store.write.failures").count());
  }

  @Test
  void begin_brokenStore_fails() {
    failure = Optional.of(StoreFailures.changedBytes());
    assertThrows(StoreException.class, () -> write.begin(this::write));
  }
}
