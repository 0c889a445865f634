package io.sidestream.cli;

import io.sidestream.cli.produce.EventProducer;
import io.sidestream.cli.produce.RateLimiter;
import io.sidestream.cli.produce.SimulatedDays;
import io.sidestream.client.Brokers;
import io.sidestream.client.Connection;
import io.sidestream.datasets.sample.ChangingSample;
import io.sidestream.datasets.sample.SampleEvent;
import io.sidestream.schemas.access.Acls;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Produces events of the bundled sample's users: at a constant rate, or by days that change. */
@Command(
    name = "simulate",
    description =
        "Produce events of the bundled sample's users: further ones at a constant rate, or days in"
            + " which tastes drift, films come, a fashion breaks (days 2 to 4) and one (6) has"
            + " spam.",
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Runnable {
  static final int MAX_RATE = 100_000;
  private static final int PRINT_EVERY_SECONDS = 10;
  private static final String DAYS = "--days";

  @Spec CommandSpec spec;
  @Mixin ConnectionOption connection;

  /** One of both. */
  static final class Events {
    @Option(
        names = "--rate",
        paramLabel = "N",
        required = true,
        description = "Further events per second, 1 to " + MAX_RATE + ".")
    int rate;

    @Option(
        names = DAYS,
        paramLabel = "N",
        required = true,
        description = "Days, 1 to " + ChangingSample.Plan.MAX_DAYS + ".")
    int days;
  }

  @ArgGroup(multiplicity = "1")
  Events events;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "With --rate: number of events (default: until Ctrl-C).")
  long count = Long.MAX_VALUE;

  @Option(
      names = "--seconds-per-day",
      paramLabel = "S",
      description = "With --days: how long one takes, up to 86400 (default: 60).")
  int secondsPerDay = 60;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "With --days: events of users in a day (default: 1000).")
  int eventsPerDay = 1_000;

  @Override
  public void run() {
    if (given(DAYS)) {
      days();
    } else {
      atARate();
    }
  }

  private void atARate() {
    boolean valid = events.rate > 0 && events.rate <= MAX_RATE;
    Usage.check(spec, valid, "--rate is %d, expected 1 to %d", events.rate, MAX_RATE);
    Usage.check(spec, count > 0, "--count is %d, expected 1 or more", count);
    boolean ofDays = given("--seconds-per-day") || given("--events");
    Usage.check(spec, !ofDays, "--seconds-per-day and --events go with --days, found --rate");
    produce(this::simulateAtARate);
  }

  private void days() {
    Usage.check(spec, !given("--count"), "--count goes with --rate, found --days");
    long longest = SimulatedDays.MAX_DAY.toSeconds();
    Usage.check(
        spec,
        secondsPerDay > 0 && secondsPerDay <= longest,
        "--seconds-per-day is %d, expected 1 to %d",
        secondsPerDay,
        longest);
    ChangingSample.Plan plan =
        Usage.valid(spec, () -> SimulatedDays.plan(events.days, eventsPerDay));
    produce(producer -> simulateDays(plan, producer));
  }

  private boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private void produce(Consumer<EventProducer> simulation) {
    Connection cluster = connection.connection();
    Brokers.require(cluster, Acls.producer(cluster.topics()));
    try (EventProducer producer = EventProducer.open(cluster, Clock.systemUTC())) {
      simulation.accept(producer);
    }
  }

  private void simulateAtARate(EventProducer producer) {
    Iterator<SampleEvent> further = DataOption.sample().eventsAfterDataset();
    RateLimiter limiter = RateLimiter.perSecond(events.rate, Clock.systemUTC());
    for (long done = 1; done <= count; done++) {
      limiter.awaitNext();
      producer.event(further.next());
      if (done == count || done % ((long) events.rate * PRINT_EVERY_SECONDS) == 0) {
        producer.flush();
        print(String.format(Locale.ROOT, "%,d events", done));
      }
    }
  }

  private void simulateDays(ChangingSample.Plan plan, EventProducer producer) {
    ChangingSample world = new ChangingSample(DataOption.SAMPLE_SEED, plan);
    SimulatedDays days =
        new SimulatedDays(producer, Duration.ofSeconds(secondsPerDay), Clock.systemUTC());
    SimulatedDays.Sent all = days.before(world.before());
    print("before: " + all);
    for (int day = 1; day <= plan.days(); day++) {
      SimulatedDays.Sent sent = days.send(world.next());
      print("day %d of %d: %s".formatted(day, plan.days(), sent));
      all = all.plus(sent);
    }
    print("sent: " + all);
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }
}
