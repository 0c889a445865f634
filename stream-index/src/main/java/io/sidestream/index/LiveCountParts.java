package io.sidestream.index;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.index.serving.CountsUpdater;
import io.sidestream.index.store.ClickStore;
import io.sidestream.index.store.NeighbourStore;
import io.sidestream.model.ranking.LiveCounts;
import io.sidestream.model.resources.CloseableStack;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The stores of what is counted up to now, and the threads that write into them. */
record LiveCountParts(LiveCounts live, List<CountsUpdater<?, ?>> updaters) {
  LiveCountParts {
    updaters = List.copyOf(updaters);
  }

  /**
   * Opens the stores.
   *
   * @param parts close what is opened
   * @param failed called with the name of a thread and the failure that ended it
   */
  static LiveCountParts open(
      IndexConfig config,
      KafkaClients clients,
      CloseableStack parts,
      MeterRegistry registry,
      BiConsumer<String, Throwable> failed)
      throws IOException {
    Topics topics = config.topics();
    NeighbourStore neighbours =
        parts.add(
            NeighbourStore.open(
                config.directory().resolve("neighbours"),
                config.cachedNeighbours(),
                config.maxItems()));
    Gauge.builder("sidestream.neighbours.items", neighbours, NeighbourStore::size)
        .register(registry);
    ClickStore clicks = parts.add(ClickStore.open(config.directory().resolve("clicks")));
    CountsUpdater<?, ?> ofNeighbours =
        parts.add(
            new CountsUpdater<>(
                clients.assignedConsumer(),
                new CountsUpdater.Kind<>(
                    "neighbours",
                    topics.itemNeighbours().name(),
                    ItemId::new,
                    Codecs.itemNeighbours()),
                neighbours,
                registry,
                Clock.systemUTC(),
                e -> failed.accept("updater of neighbours", e)));
    CountsUpdater<?, ?> ofClicks =
        parts.add(
            new CountsUpdater<>(
                clients.assignedConsumer(),
                new CountsUpdater.Kind<>(
                    "clicks",
                    topics.clickedItems().name(),
                    Function.identity(),
                    Codecs.clickedItems()),
                clicks,
                registry,
                Clock.systemUTC(),
                e -> failed.accept("updater of clicks", e)));
    return new LiveCountParts(new LiveCounts(neighbours, clicks), List.of(ofNeighbours, ofClicks));
  }

  /** Whether all was read that was on the topics at the start. */
  boolean areCaughtUp() {
    return updaters.stream().allMatch(CountsUpdater::isCaughtUp);
  }

  /** Starts the threads. */
  void start() {
    updaters.forEach(CountsUpdater::start);
  }
}
