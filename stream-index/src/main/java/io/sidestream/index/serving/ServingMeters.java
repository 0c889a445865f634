package io.sidestream.index.serving;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Metrics of generations and their items. */
final class ServingMeters {
  private final Counter swaps;
  private final Counter refused;
  private final Counter upserted;
  private final Counter removed;
  private final Timer load;
  private final Timer publish;
  private final Timer freshness;

  ServingMeters(MeterRegistry registry, Serving serving) {
    swaps = registry.counter("sidestream.generation.swaps");
    refused = registry.counter("sidestream.bundles.refused");
    upserted = registry.counter("sidestream.item.changes", "kind", "upserted");
    removed = registry.counter("sidestream.item.changes", "kind", "removed");
    load = timer(registry, "sidestream.generation.load.duration");
    publish = timer(registry, "sidestream.catalogue.publish.duration");
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

  void changed(int itemsUpserted, int itemsRemoved) {
    upserted.increment(itemsUpserted);
    removed.increment(itemsRemoved);
  }

  void loaded(Duration took) {
    load.record(took);
  }

  void freshness(Duration sinceAppend) {
    freshness.record(sinceAppend);
  }

  void published(Duration took) {
    publish.record(took);
  }
}
