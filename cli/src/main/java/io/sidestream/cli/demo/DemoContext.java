package io.sidestream.cli.demo;

import io.sidestream.cli.client.SidestreamClient;
import io.sidestream.cli.produce.EventProducer;
import io.sidestream.cli.standalone.StandaloneSystem;
import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.ItemId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * What the chapters of the tour work with.
 *
 * @param first what was produced before anything was learned
 * @param titles of its items
 */
record DemoContext(
    StandaloneSystem system,
    DemoDataset world,
    Dataset first,
    Map<ItemId, String> titles,
    EventProducer producing,
    SidestreamClient asking,
    ConsoleReporter narrator,
    DemoReport report,
    Clock clock) {
  /** A training may take long on a slow machine. */
  private static final Duration LONG = Duration.ofMinutes(60);

  private static final Duration SHORT = Duration.ofMinutes(2);

  /** For what takes a training. */
  Waiting waitingLong() {
    return new Waiting(clock, LONG, system::checkRunning);
  }

  /** For what should take seconds. */
  Waiting waitingShort() {
    return new Waiting(clock, SHORT, system::checkRunning);
  }

  /** Lets requests run for a while. */
  void rest(Duration time) {
    long start = clock.millis();
    waitingShort().untilTrue("a rest", () -> since(start).compareTo(time) >= 0);
  }

  Duration since(long startMillis) {
    return Duration.ofMillis(clock.millis() - startMillis);
  }

  String title(ItemId item) {
    return titles.getOrDefault(item, item.value());
  }
}
