package io.sidestream.cli.demo;

import io.sidestream.cli.produce.ProducedCount;
import java.nio.file.Path;
import java.util.function.Supplier;

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
        noted(
            work,
            context.dataset().name(),
            () ->
                context
                    .producer()
                    .produce(
                        context.first(),
                        (done, total) -> reporter.progress("producing", done, total)));
    reporter.result("produced", count.toString(), count.took());
    context.report().seconds("produce", count.took());
  }

  /** Produces a data set with notes before and after, by which an interruption is seen. */
  static <T> T noted(Path work, String dataset, Supplier<T> produce) {
    DemoState.begun(dataset).write(work);
    T produced = produce.get();
    new DemoState(dataset, 0).write(work);
    return produced;
  }
}
