package io.sidestream.cli.demo;

import io.sidestream.cli.produce.ProducedCount;
import java.nio.file.Path;

/** Produces the catalogue and the events, unless an earlier demo did. */
final class ProduceStep {
  private ProduceStep() {}

  static void run(DemoContext context) {
    ConsoleReporter reporter = context.reporter();
    reporter.step("Events", "The catalogue, interactions and searches go to Kafka topics.");
    Path work = context.system().notes();
    if (DemoState.read(work).isPresent()) {
      reporter.result("kept", "the topics hold the " + context.dataset().name() + " already");
      return;
    }
    ProducedCount count =
        context
            .producer()
            .produce(context.first(), (done, total) -> reporter.progress("producing", done, total));
    new DemoState(context.dataset().name(), 0).write(work);
    reporter.result("produced", count.toString(), count.took());
    context.report().seconds("produce", count.took());
  }
}
