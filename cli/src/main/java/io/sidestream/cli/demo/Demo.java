package io.sidestream.cli.demo;

import io.sidestream.cli.client.SidestreamClient;
import io.sidestream.cli.produce.EventProducer;
import io.sidestream.cli.standalone.StandaloneSystem;
import io.sidestream.cli.standalone.WorkDirectory;
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

/** Walks through a running system, chapter by chapter, and measures as it goes. */
public final class Demo {
  /** The request waits until its events are counted; on a slow machine the totals come later. */
  private static final Duration SETTLE = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DemoDataset world;
  private final Dataset first;
  private final ConsoleReporter narrator;
  private final DemoReport report;
  private final Clock clock;

  public Demo(DemoDataset world, ConsoleReporter narrator, DemoReport report, Clock clock) {
    this.world = world;
    this.first = world.first();
    this.narrator = narrator;
    this.report = report;
    this.clock = clock;
  }

  /** Settings with which the first training is asked for as soon as all events have come. */
  public Map<String, String> settings() {
    return Map.of(
        "ingest.requests.events",
        Integer.toString(Math.max(1, first.events())),
        "ingest.requests.settle",
        SETTLE.toMillis() + "ms",
        "ingest.requests.age",
        "0s",
        "ingest.requests.uncoded.share",
        "0");
  }

  /**
   * Checks that a work directory is fit for this world.
   *
   * @throws UserErrorException when it holds another one
   */
  public void check(WorkDirectory work) {
    DemoState.check(work.paths().root(), world);
  }

  /** Says what is about to be seen, and begins with the start of the system. */
  public void welcome(WorkDirectory work, Path log) {
    narrator.say(
        "Sidestream keeps a living index of Semantic IDs: events stream in through Kafka,");
    narrator.say("one model learned from them answers searches and recommendations.");
    narrator.say("");
    narrator.result("catalogue", world.name());
    narrator.result("work directory", work.paths().root().toString());
    narrator.result("log", log.toString());
    narrator.chapter(
        "Everything starts",
        "A real broker, Flink, the trainer and the index, all in this process.");
  }

  /** Says how to go on. */
  public void farewell(StandaloneSystem system) {
    String broker = " --bootstrap-servers " + system.bootstrapServers();
    Examples examples = Examples.of(first);
    narrator.chapter(
        "Your turn", "The system stays up and answers until Ctrl-C. Ask it from another terminal:");
    examples
        .searches(1)
        .forEach(s -> narrator.say("./sidestream search \"" + s.query() + "\"" + broker));
    examples.people(1).forEach(p -> narrator.say("./sidestream recommend --user " + p + broker));
    narrator.say("./sidestream generations list" + broker);
  }

  /** Shows the whole of it; ends when the last chapter is told. */
  public void tell(StandaloneSystem system) {
    Examples examples = Examples.of(first);
    try (EventProducer producing = EventProducer.open(system.bootstrapServers(), clock);
        SidestreamClient asking = SidestreamClient.open(system.bootstrapServers(), PATIENCE)) {
      DemoContext scene =
          new DemoContext(
              system, world, first, titles(first), producing, asking, narrator, report, clock);
      ProduceStep.tell(scene);
      GenerationAnnouncement serving = LearnStep.tell(scene);
      QualityStep.tell(scene, serving);
      ExamplesStep.tell(scene, examples);
      FreshnessStep.tell(scene, examples);
      SwapStep.tell(scene, examples, serving);
    }
  }

  private static Map<ItemId, String> titles(Dataset dataset) {
    return dataset.items().stream()
        .collect(Collectors.toMap(Item::id, Item::title, (one, other) -> other));
  }
}
