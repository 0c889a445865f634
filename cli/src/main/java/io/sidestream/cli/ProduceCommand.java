package io.sidestream.cli;

import io.sidestream.cli.client.Brokers;
import io.sidestream.cli.demo.ConsoleReporter;
import io.sidestream.cli.produce.EventProducer;
import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.Topics;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Puts a catalogue and its events on the topics. */
@Command(
    name = "produce",
    description = "Put a catalogue and its events on the topics.",
    mixinStandardHelpOptions = true)
final class ProduceCommand implements Runnable {
  @Spec CommandSpec spec;
  @Mixin BrokerOption broker;

  @ArgGroup(multiplicity = "1")
  DataOption data;

  @Override
  public void run() {
    Dataset dataset = data.read();
    Topics topics = Topics.DEFAULT;
    Brokers.requireTopics(
        broker.bootstrapServers, List.of(topics.items(), topics.interactions(), topics.searches()));
    ConsoleReporter narrator = Terminal.narrator(spec);
    try (EventProducer producing = EventProducer.open(broker.bootstrapServers, Clock.systemUTC())) {
      narrator.result(
          "produced",
          producing
              .produce(dataset, (done, total) -> narrator.progress("producing", done, total))
              .toString());
    }
  }
}
