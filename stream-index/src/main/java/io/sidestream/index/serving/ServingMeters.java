package io.sidestream.index.serving;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What is counted about generations and their items. */
final class ServingMeters {
  private final Counter swaps;
  private final Counter refused;
  private final Counter placed;
  private final Counter removed;
  private final Timer load;
  private final Timer publish;
  private final Timer freshness;

  ServingMeters(MeterRegistry registry, Serving serving) {
    swaps = registry.counter("sidestream.swaps");
    refused = registry.counter("sidestream.bundles.refused");
    placed = registry.counter("sidestream.item.changes", "kind", "placed");
    removed = registry.counter("sidestream.item.changes", "kind", "removed");
    load = timer(registry, "sidestream.generation.load");
    publish = timer(registry, "sidestream.catalogue.publish");
    freshness = timer(registry, "sidestream.item.freshness");
    Gauge.builder("sidestream.catalogue.items", serving, Serving::items).register(registry);
    Gauge.builder(
            "sidestream.serving.generation",
            serving,
            now -> now.generation().map(generation -> (double) generation.number()).orElse(0.0))
        .register(registry);
  }

  private static Timer timer(MeterRegistry registry, String name) {
    return Timer.builder(name).publishPercentileHistogram().register(registry);
  }

  void swapped() {
    swaps.increment();
  }

  void refused() {
    refused.increment();
  }

  void changed(int itemsPlaced, int itemsRemoved) {
    placed.increment(itemsPlaced);
    removed.increment(itemsRemoved);
  }

  void loaded(Duration took) {
    load.record(took);
  }

  void fresh(Duration sinceAppend) {
    freshness.record(sinceAppend);
  }

  void published(Duration took) {
    publish.record(took);
  }
}
