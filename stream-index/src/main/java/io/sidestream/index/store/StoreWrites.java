package io.sidestream.index.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.model.store.RetryDelays;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes that wait while the disk takes none: what was read before goes on being answered. */
public final class StoreWrites {
  private static final Logger LOG = LoggerFactory.getLogger(StoreWrites.class);

  private final RetryDelays delays;
  private final Counter failures;
  private final BooleanSupplier stopping;

  /**
   * @param stopping whether the process ends, which gives up what waits
   */
  public StoreWrites(RetryDelays delays, MeterRegistry registry, BooleanSupplier stopping) {
    this.delays = delays;
    this.failures = failures(registry);
    this.stopping = stopping;
  }

  /** Attempts that failed and are repeated. */
  static Counter failures(MeterRegistry registry) {
    return registry.counter("sidestream.store.write.failures");
  }

  /**
   * Writes, again and again while the store cannot.
   *
   * @param write changes nothing when it throws {@link StoreException}
   * @throws StoreException when the store is broken
   */
  public void untilDone(Runnable write) {
    for (int attempt = 1; !stopping.getAsBoolean(); attempt++) {
      try {
        write.run();
        return;
      } catch (StoreException e) {
        if (e.isBroken()) {
          throw e;
        }
        failures.increment();
        LOG.warn("{}; tried again in {}", e.getMessage(), delays.after(attempt));
        sleep(attempt);
      }
    }
  }

  private void sleep(int attempt) {
    try {
      delays.await(attempt, stopping);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the store waits for its disk", e);
    }
  }
}
