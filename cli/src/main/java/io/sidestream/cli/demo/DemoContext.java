package io.sidestream.cli.demo;

import io.sidestream.cli.produce.EventProducer;
import io.sidestream.client.SidestreamClient;
import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the steps of the demo share.
 *
 * @param first what is produced before the first training
 * @param titles of its items
 */
record DemoContext(
    DemoSystem system,
    DemoDataset dataset,
    Dataset first,
    Map<ItemId, String> titles,
    EventProducer producer,
    SidestreamClient client,
    ConsoleReporter reporter,
    DemoReport report,
    Clock clock) {
  /** A training may take long on a slow machine. */
  private static final Duration LONG = Duration.ofMinutes(60);

  private static final Duration SHORT = Duration.ofMinutes(2);

  private static final Duration BRIEF = Duration.ofSeconds(20);

  /** For results of a training. */
  Waiting waitingLong() {
    return new Waiting(clock, LONG, system::checkRunning);
  }

  /** For what should take seconds. */
  Waiting waitingShort() {
    return new Waiting(clock, SHORT, system::checkRunning);
  }

  /** For what takes seconds, or does not come. */
  Waiting waitingBriefly() {
    return new Waiting(clock, BRIEF, system::checkRunning);
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

  void result(String label, String text) {
    reporter.result(label, text);
  }

  void result(String label, String text, Duration took) {
    reporter.result(label, text, took);
  }

  /** The request of a search by text. */
  static SearchRequest search(String text, int k) {
    return new SearchRequest(text, k, Set.of(), Optional.empty());
  }

  /** The request for a user's next items, without those of the history. */
  static RecommendationRequest recommendation(UserId user, int k) {
    return new RecommendationRequest(
        Optional.of(user), List.of(), k, true, Set.of(), Optional.empty());
  }

  Reply recommend(UserId user, int k) {
    return client.recommend(recommendation(user, k));
  }
}
