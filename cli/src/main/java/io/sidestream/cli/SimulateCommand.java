package io.sidestream.cli;

import io.sidestream.cli.client.Brokers;
import io.sidestream.cli.produce.EventProducer;
import io.sidestream.cli.produce.RateLimiter;
import io.sidestream.datasets.sample.SampleEvent;
import io.sidestream.schemas.Topics;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets the people of the bundled sample go on living, at a steady rate. */
@Command(
    name = "simulate",
    description = "Let the people of the bundled sample go on watching and searching.",
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Runnable {
  static final int MAX_RATE = 100_000;
  private static final int SAY_EVERY_SECONDS = 10;

  @Spec CommandSpec spec;
  @Mixin BrokerOption broker;

  @Option(
      names = "--rate",
      paramLabel = "N",
      required = true,
      description = "Events per second, 1 to " + MAX_RATE + ".")
  int rate;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Stop after so many events (default: go on until Ctrl-C).")
  long count = Long.MAX_VALUE;

  @Override
  public void run() {
    check(rate > 0 && rate <= MAX_RATE, "--rate is " + rate + ", expected 1 to " + MAX_RATE);
    check(count > 0, "--count is " + count + ", expected 1 or more");
    Topics topics = Topics.DEFAULT;
    Brokers.requireTopics(
        broker.bootstrapServers, List.of(topics.interactions(), topics.searches()));
    try (EventProducer producing = EventProducer.open(broker.bootstrapServers, Clock.systemUTC())) {
      live(producing);
    }
  }

  private void live(EventProducer producing) {
    Iterator<SampleEvent> events = DataOption.sample().eventsAfterDataset();
    RateLimiter pacing = RateLimiter.perSecond(rate, Clock.systemUTC());
    for (long done = 1; done <= count; done++) {
      pacing.awaitNext();
      send(events.next(), producing);
      if (done == count || done % ((long) rate * SAY_EVERY_SECONDS) == 0) {
        producing.flush();
        spec.commandLine().getOut().println(String.format(Locale.ROOT, "%,d events", done));
      }
    }
  }

  private static void send(SampleEvent event, EventProducer producing) {
    Runnable sending =
        event.fold(
            watched -> () -> producing.interaction(watched),
            searched -> () -> producing.search(searched));
    sending.run();
  }

  private void check(boolean right, String message) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
