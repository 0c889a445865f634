package io.sidestream.cli.demo;

import io.sidestream.cli.produce.ProducedCount;
import java.nio.file.Path;

/** Puts the catalogue and what people did on the topics, unless an earlier tour did. */
final class ProduceStep {
  private ProduceStep() {}

  static void tell(DemoContext scene) {
    ConsoleReporter narrator = scene.narrator();
    narrator.chapter(
        "Events come in",
        "A catalogue, what people did and what they searched for go onto Kafka topics.");
    Path work = scene.system().work().root();
    if (DemoState.read(work).isPresent()) {
      narrator.result("kept", "the topics hold the " + scene.world().name() + " from before");
      return;
    }
    ProducedCount count =
        scene
            .producing()
            .produce(scene.first(), (done, total) -> narrator.progress("producing", done, total));
    new DemoState(scene.world().name(), 0).write(work);
    narrator.result("produced", count.toString(), count.took());
    scene.report().seconds("produce", count.took());
  }
}
