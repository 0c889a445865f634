package io.sidestream.cli;

import io.sidestream.cli.demo.ConsoleReporter;
import io.sidestream.cli.produce.EventProducer;
import io.sidestream.client.Brokers;
import io.sidestream.client.Connection;
import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.access.Acls;
import java.time.Clock;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Produces a catalogue and its events. */
@Command(
    name = "produce",
    description = "Produce a catalogue and its events to the topics.",
    mixinStandardHelpOptions = true)
final class ProduceCommand implements Runnable {
  @Spec CommandSpec spec;
  @Mixin ConnectionOption connection;

  @ArgGroup(multiplicity = "1")
  DataOption data;

  @Override
  public void run() {
    Dataset dataset = data.read();
    Connection cluster = connection.connection();
    Brokers.require(cluster, Acls.producer(cluster.topics()));
    ConsoleReporter reporter = Terminal.reporter(spec);
    try (EventProducer producer = EventProducer.open(cluster, Clock.systemUTC())) {
      reporter.result(
          "produced",
          producer
              .produce(dataset, (done, total) -> reporter.progress("producing", done, total))
              .toString());
    }
  }
}
