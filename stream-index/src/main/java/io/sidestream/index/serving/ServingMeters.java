package io.sidestream.index.serving;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Timer;
import io.sidestream.admin.EvaluationRows;
import io.sidestream.schemas.Comparison;
import io.sidestream.schemas.GenerationAnnouncement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Metrics of generations and their items. */
final class ServingMeters {
  private final Counter swaps;
  private final Counter refused;
  private final Counter upserted;
  private final Counter removed;
  private final Timer load;
  private final Timer publish;
  private final Timer freshness;
  private final Timer servable;
  private final MultiGauge evaluation;
  private volatile Optional<Instant> announcedAt = Optional.empty();

  ServingMeters(MeterRegistry registry, Serving serving, Clock clock) {
    swaps = registry.counter("sidestream.generation.swaps");
    refused = registry.counter("sidestream.bundles.refused");
    upserted = registry.counter("sidestream.item.changes", "kind", "upserted");
    removed = registry.counter("sidestream.item.changes", "kind", "removed");
    load = timer(registry, "sidestream.generation.load.duration");
    publish = timer(registry, "sidestream.catalogue.publish.duration");
    freshness = timer(registry, "sidestream.item.freshness");
    servable = timer(registry, "sidestream.item.servable");
    evaluation =
        MultiGauge.builder("sidestream.serving.generation.evaluation.ratio").register(registry);
    Gauge.builder(
            "sidestream.serving.generation.age.seconds",
            this,
            meters -> meters.announcedAt.map(at -> age(at, clock)).orElse(Double.NaN))
        .register(registry);
    NewItemMeters.register(registry, serving::catalogue, clock);
    Gauge.builder("sidestream.catalogue.items", serving, Serving::items).register(registry);
    Gauge.builder(
            "sidestream.candidate.generation",
            serving,
            now -> now.comparison().map(one -> (double) one.candidate().number()).orElse(0.0))
        .register(registry);
    Gauge.builder(
            "sidestream.candidate.share.ratio",
            serving,
            now -> now.comparison().map(Comparison::share).orElse(0.0))
        .register(registry);
    Gauge.builder(
            "sidestream.serving.generation",
            serving,
            now -> now.generation().map(generation -> (double) generation.number()).orElse(0.0))
        .register(registry);
  }

  private static Timer timer(MeterRegistry registry, String name) {
    return Timer.builder(name).publishPercentileHistogram().register(registry);
  }

  private static double age(Instant then, Clock clock) {
    return Duration.between(then, clock.instant()).toMillis() / 1e3;
  }

  /** Another generation serves; its announcement has its metrics. */
  void swapped(Optional<GenerationAnnouncement> announced) {
    swaps.increment();
    announcedAt = announced.map(GenerationAnnouncement::announcedAt);
    announced.ifPresent(now -> evaluation.register(EvaluationRows.of(now.metrics()), true));
  }

  /** An item of the catalogue can be found this long after its event. */
  void servable(Duration sinceEvent) {
    servable.record(sinceEvent);
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
