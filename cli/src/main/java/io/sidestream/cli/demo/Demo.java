package io.sidestream.cli.demo;

import io.sidestream.cli.produce.EventProducer;
import io.sidestream.cli.standalone.WorkDirectory;
import io.sidestream.client.SidestreamClient;
import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserErrorException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs the demo, step by step, on a running system and measures it. */
public final class Demo {
  /** A request waits until its events are counted; on a slow machine the counts come later. */
  private static final Duration COMMIT_GRACE = Duration.ofSeconds(3);

  /** A second training runs while requests are answered: on few cores they wait, not fail. */
  private static final Duration QUEUE_WAIT = Duration.ofSeconds(20);

  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(30);

  private final DemoDataset dataset;
  private final Dataset first;
  private final ConsoleReporter reporter;
  private final DemoReport report;
  private final Clock clock;

  public Demo(DemoDataset dataset, ConsoleReporter reporter, DemoReport report, Clock clock) {
    this.dataset = dataset;
    this.first = dataset.first();
    this.reporter = reporter;
    this.report = report;
    this.clock = clock;
  }

  /**
   * Settings with which the first training is requested as soon as all events are produced, and
   * requests wait for cores that a training uses too.
   */
  public Map<String, String> settings() {
    return Map.of(
        "ingest.trigger.events",
        Integer.toString(Math.max(1, first.events())),
        "ingest.trigger.commit.grace.period",
        COMMIT_GRACE.toMillis() + "ms",
        "ingest.trigger.age",
        "0s",
        "ingest.trigger.uncoded.share",
        "0",
        "index.queue.wait",
        QUEUE_WAIT.toSeconds() + "s");
  }

  /**
   * Checks that a directory holds this data set or none.
   *
   * @throws UserErrorException when it holds another one
   */
  public void check(Path work) {
    DemoState.check(work, dataset);
  }

  /**
   * Checks that a directory with its own broker does not hold a part of a data set.
   *
   * @throws UserErrorException when an earlier demo was interrupted while it produced
   */
  public void checkComplete(Path work) {
    DemoState.checkComplete(work);
  }

  /** Prints the introduction, and begins the step in which the system starts. */
  public void printIntroduction(WorkDirectory work, Path log) {
    introduce();
    reporter.result("work directory", work.paths().root().toString());
    reporter.result("log", log.toString());
    reporter.step("Start", "A real broker, Flink, the trainer and the index, all in this process.");
  }

  /** Prints the introduction, and begins the step in which an existing system is looked at. */
  public void printIntroduction() {
    introduce();
    reporter.step("Start", "An existing system: this process is a client of its topics alone.");
  }

  private void introduce() {
    reporter.print(
        "Sidestream keeps a live index of Semantic IDs: events stream in through Kafka,");
    reporter.print("and one generation trained on them answers searches and recommendations.");
    reporter.print("");
    reporter.result("catalogue", dataset.name());
  }

  /** Prints commands for the running system. */
  public void printNextCommands(DemoSystem system) {
    String broker = " --bootstrap-servers " + system.connection().bootstrapServers();
    Examples examples = Examples.of(first);
    reporter.step("Your turn", "The system runs and answers until Ctrl-C. From another terminal:");
    system.page().ifPresent(page -> reporter.print("a browser, at " + page));
    examples
        .searches(1)
        .forEach(s -> reporter.print("./sidestream search \"" + s.query() + "\"" + broker));
    examples
        .users(1)
        .forEach(user -> reporter.print("./sidestream recommend --user " + user + broker));
    reporter.print("./sidestream generations list" + broker);
  }

  /** Runs all steps; returns whether every request was answered, by one generation each. */
  public boolean run(DemoSystem system) {
    Examples examples = Examples.of(first);
    try (EventProducer producer = EventProducer.open(system.connection(), clock);
        SidestreamClient client = SidestreamClient.open(system.connection(), REPLY_TIMEOUT)) {
      DemoContext context =
          new DemoContext(
              system, dataset, first, titles(first), producer, client, reporter, report, clock);
      ProduceStep.run(context);
      GenerationAnnouncement serving = LearnStep.run(context);
      QualityStep.run(context, serving);
      ExamplesStep.run(context, examples);
      FreshnessStep.run(context, examples);
      return SwapStep.run(context, examples, serving);
    }
  }

  private static Map<ItemId, String> titles(Dataset dataset) {
    return dataset.items().stream()
        .collect(Collectors.toMap(Item::id, Item::title, (one, other) -> other));
  }
}
