package io.sidestream.index.store;

import static io.sidestream.schemas.Checks.check;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.model.store.RetryDelays;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A write that waits while the disk takes none, and lets its thread go on with other work. One at a
 * time; one thread.
 */
public final class WaitingWrite {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingWrite.class);

  private final RetryDelays delays;
  private final Counter failures;
  private final LongSupplier nanoTime;
  private Optional<Runnable> waiting = Optional.empty();
  private int inARow;
  private long retryAtNanos;

  /**
   * @param nanoTime clock of the delays, which does not jump
   */
  public WaitingWrite(RetryDelays delays, MeterRegistry registry, LongSupplier nanoTime) {
    this.delays = delays;
    this.failures = StoreWrites.failures(registry);
    this.nanoTime = nanoTime;
  }

  /** Whether one waits. */
  public boolean isWaiting() {
    return waiting.isPresent();
  }

  /**
   * Writes, or keeps the write for later where the store cannot now.
   *
   * @param write changes nothing when it throws {@link StoreException}
   * @throws StoreException when the store is broken
   */
  public void begin(Runnable write) {
    check(waiting.isEmpty(), "a write waits, expected none");
    inARow = 0;
    attempt(write);
  }

  /** Writes what waits, once it is due. */
  public void retryIfDue() {
    if (nanoTime.getAsLong() - retryAtNanos >= 0) {
      waiting.ifPresent(this::attempt);
    }
  }

  private void attempt(Runnable write) {
    try {
      write.run();
      waiting = Optional.empty();
    } catch (StoreException e) {
      if (e.isBroken()) {
        throw e;
      }
      failures.increment();
      Duration delay = delays.after(++inARow);
      LOG.warn("{}; tried again in {}", e.getMessage(), delay);
      retryAtNanos = nanoTime.getAsLong() + delay.toNanos();
      waiting = Optional.of(write);
    }
  }
}
