package io.sidestream.index.serving;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sidestream.model.store.FetchListener;
import java.io.IOException;
import java.time.Duration;

/** Metrics of the fetches of bundles. */
public final class FetchMeters implements FetchListener {
  private final Timer fetches;
  private final Counter failures;

  public FetchMeters(MeterRegistry registry) {
    fetches = registry.timer("sidestream.bundle.fetch");
    failures = registry.counter("sidestream.bundle.fetch.failures");
  }

  @Override
  public void fetched(Duration took) {
    fetches.record(took);
  }

  @Override
  public void failed(IOException why) {
    failures.increment();
  }
}
