package io.sidestream.cli;

import io.sidestream.chaos.check.PairRecount;
import io.sidestream.cli.check.RequestCount;
import io.sidestream.cli.check.RequestStream;
import io.sidestream.client.SidestreamClient;
import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.SearchRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks on a running system. */
@Command(
    name = "check",
    description = "Check a running system: its replies, its counts.",
    mixinStandardHelpOptions = true,
    subcommands = {CheckCommand.Requests.class, CheckCommand.Counts.class})
final class CheckCommand {

  private CheckCommand() {}

  /** Sends requests of the bundled sample, and counts what becomes of them. */
  @Command(
      name = "requests",
      description =
          "Send searches and recommendation requests of the bundled sample at a constant rate, and"
              + " check that each is answered, by one generation. Exit code 1 if not.",
      mixinStandardHelpOptions = true)
  static final class Requests implements Callable<Integer> {
    private static final int MAX_RATE = 1_000;
    private static final int DIFFERENT = 20;
    private static final int RESULTS = 10;
    private static final int PRINT_EVERY_SECONDS = 10;

    @Spec CommandSpec spec;
    @Mixin ConnectionOption connection;

    @Option(
        names = "--rate",
        paramLabel = "N",
        defaultValue = "5",
        description = "Requests per second, 1 to " + MAX_RATE + " (default: ${DEFAULT-VALUE}).")
    int rate;

    @Option(
        names = "--seconds",
        paramLabel = "N",
        defaultValue = "60",
        description =
            "How long to send, 1 to " + Usage.MAX_SECONDS + " seconds (default: ${DEFAULT-VALUE}).")
    int seconds;

    @Option(
        names = "--timeout",
        paramLabel = "N",
        defaultValue = "120",
        description =
            "Seconds after which a request without a reply has failed (default:"
                + " ${DEFAULT-VALUE}).")
    int timeout;

    @Override
    public Integer call() {
      Usage.check(
          spec, rate > 0 && rate <= MAX_RATE, "--rate is %d, expected 1 to %d", rate, MAX_RATE);
      Usage.checkSeconds(spec, "--seconds", seconds);
      Usage.checkSeconds(spec, "--timeout", timeout);
      Clock clock = Clock.systemUTC();
      try (SidestreamClient client =
              SidestreamClient.open(connection.connection(), Duration.ofSeconds(timeout));
          RequestStream stream =
              RequestStream.start(requests(client, DataOption.sample().dataset()), rate, clock)) {
        watch(stream, clock);
        RequestCount count = stream.stop();
        print(stream, "in all");
        return count.isClean() ? ExitCode.OK : ExitCode.SOFTWARE;
      }
    }

    private void watch(RequestStream stream, Clock clock) {
      long start = clock.millis();
      for (int shown = PRINT_EVERY_SECONDS; shown < seconds; shown += PRINT_EVERY_SECONDS) {
        sleepUntil(start + shown * 1000L, clock);
        print(stream, shown + " s");
      }
      sleepUntil(start + seconds * 1000L, clock);
    }

    private static void sleepUntil(long millis, Clock clock) {
      while (clock.millis() < millis && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(Duration.ofMillis(millis - clock.millis()).toNanos());
      }
    }

    private void print(RequestStream stream, String when) {
      String line =
          "%-8s%s; %,d answered, the slowest after %.1f s, the last by generation %s"
              .formatted(
                  when,
                  stream.counts(),
                  stream.answered(),
                  stream.slowest().toMillis() / 1000.0,
                  stream.newestGeneration().map(Object::toString).orElse("none"));
      spec.commandLine().getOut().println(line);
    }

    private static List<Supplier<CompletableFuture<Reply>>> requests(
        SidestreamClient client, Dataset sample) {
      List<Supplier<CompletableFuture<Reply>>> requests = new ArrayList<>();
      sample.searches().stream()
          .map(Search::query)
          .distinct()
          .limit(DIFFERENT)
          .map(query -> new SearchRequest(query, RESULTS, Set.of(), Optional.empty()))
          .forEach(search -> requests.add(() -> client.searchLater(search)));
      sample.interactions().stream()
          .map(Interaction::user)
          .distinct()
          .limit(DIFFERENT)
          .map(
              user ->
                  new RecommendationRequest(
                      Optional.of(user), List.of(), RESULTS, true, Set.of(), Optional.empty()))
          .forEach(user -> requests.add(() -> client.recommendLater(user)));
      return requests;
    }
  }

  /** Counts all pairs and transitions again. */
  @Command(
      name = "counts",
      description =
          "Count the pairs and transitions of all events again, and compare with the committed"
              + " totals, until they are equal or the time is up. Exit code 1 if they are not.",
      mixinStandardHelpOptions = true)
  static final class Counts implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Spec CommandSpec spec;
    @Mixin ConnectionOption connection;

    @Option(
        names = "--timeout",
        paramLabel = "N",
        defaultValue = "60",
        description = "Seconds to wait for totals on their way (default: ${DEFAULT-VALUE}).")
    int timeout;

    @Override
    public Integer call() {
      Usage.check(
          spec,
          timeout >= 0 && timeout <= Usage.MAX_SECONDS,
          "--timeout is %d, expected 0 to %d",
          timeout,
          Usage.MAX_SECONDS);
      long end = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
      PairRecount.Outcome outcome = compare();
      while (!outcome.isExact() && System.nanoTime() < end) {
        LockSupport.parkNanos(PAUSE.toNanos());
        outcome = compare();
      }
      spec.commandLine().getOut().println(outcome);
      return outcome.isExact() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private PairRecount.Outcome compare() {
      return PairRecount.compare(connection.settings());
    }
  }
}
