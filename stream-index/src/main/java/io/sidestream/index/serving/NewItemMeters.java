package io.sidestream.index.serving;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.NewItems;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Metrics of the items that came after the training of the serving generation. Thread-safe. */
final class NewItemMeters {
  /** A pass over all items is not made for each look. */
  static final Duration INTERVAL = Duration.ofSeconds(15);

  private final Supplier<Optional<Catalogue>> serving;
  private final InstantSource clock;
  private WeakReference<Catalogue> counted = new WeakReference<>(null); // it may be large
  private NewItems newItems = NewItems.NONE;
  private Instant notBefore = Instant.MIN;

  private NewItemMeters(Supplier<Optional<Catalogue>> serving, InstantSource clock) {
    this.serving = serving;
    this.clock = clock;
  }

  static void register(
      MeterRegistry registry, Supplier<Optional<Catalogue>> serving, InstantSource clock) {
    NewItemMeters meters = new NewItemMeters(serving, clock);
    meters.gauge("sidestream.new.items", NewItems::items, registry);
    meters.gauge("sidestream.new.items.collision.ratio", NewItems::collisionRate, registry);
    meters.gauge("sidestream.new.items.code.usage.ratio", NewItems::codeUsage, registry);
  }

  private void gauge(String name, ToDoubleFunction<NewItems> figure, MeterRegistry registry) {
    Gauge.builder(name, () -> figure.applyAsDouble(now())).strongReference(true).register(registry);
  }

  private synchronized NewItems now() {
    Optional<Catalogue> current = serving.get();
    if (current.isEmpty()) {
      return NewItems.NONE;
    }
    if (!counted.refersTo(current.get()) && !clock.instant().isBefore(notBefore)) {
      newItems = NewItems.of(current.get());
      counted = new WeakReference<>(current.get());
      notBefore = clock.instant().plus(INTERVAL);
    }
    return newItems;
  }
}
