package io.sidestream.cli;

import io.sidestream.cli.produce.EventProducer;
import io.sidestream.cli.produce.RateLimiter;
import io.sidestream.client.Brokers;
import io.sidestream.client.Connection;
import io.sidestream.datasets.sample.SampleEvent;
import io.sidestream.schemas.access.Acls;
import java.time.Clock;
import java.util.Iterator;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Produces further events of the bundled sample at a constant rate. */
@Command(
    name = "simulate",
    description = "Produce further events of the bundled sample's users.",
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Runnable {
  static final int MAX_RATE = 100_000;
  private static final int PRINT_EVERY_SECONDS = 10;

  @Spec CommandSpec spec;
  @Mixin ConnectionOption connection;

  @Option(
      names = "--rate",
      paramLabel = "N",
      required = true,
      description = "Events per second, 1 to " + MAX_RATE + ".")
  int rate;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Number of events (default: until Ctrl-C).")
  long count = Long.MAX_VALUE;

  @Override
  public void run() {
    boolean valid = rate > 0 && rate <= MAX_RATE;
    Usage.check(spec, valid, "--rate is %d, expected 1 to %d", rate, MAX_RATE);
    Usage.check(spec, count > 0, "--count is %d, expected 1 or more", count);
    Connection cluster = connection.connection();
    Brokers.require(cluster, Acls.producer(cluster.topics()));
    try (EventProducer producer = EventProducer.open(cluster, Clock.systemUTC())) {
      simulate(producer);
    }
  }

  private void simulate(EventProducer producer) {
    Iterator<SampleEvent> events = DataOption.sample().eventsAfterDataset();
    RateLimiter limiter = RateLimiter.perSecond(rate, Clock.systemUTC());
    for (long done = 1; done <= count; done++) {
      limiter.awaitNext();
      send(events.next(), producer);
      if (done == count || done % ((long) rate * PRINT_EVERY_SECONDS) == 0) {
        producer.flush();
        spec.commandLine().getOut().println(String.format(Locale.ROOT, "%,d events", done));
      }
    }
  }

  private static void send(SampleEvent event, EventProducer producer) {
    Runnable sending =
        event.fold(
            watched -> () -> producer.interaction(watched),
            searched -> () -> producer.search(searched));
    sending.run();
  }
}
