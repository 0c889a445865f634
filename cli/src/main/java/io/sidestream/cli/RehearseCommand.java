package io.sidestream.cli;

import io.sidestream.cli.demo.DemoReport;
import io.sidestream.cli.demo.ReportedTraining;
import io.sidestream.datasets.sample.ChangingSample;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.model.resources.DirectoryTree;
import io.sidestream.rehearsal.Rehearsal;
import io.sidestream.rehearsal.RehearsalReport;
import io.sidestream.rehearsal.RehearsalResult;
import io.sidestream.rehearsal.RehearsalSettings;
import io.sidestream.report.Findings;
import io.sidestream.report.ReportHtml;
import io.sidestream.report.Setup;
import io.sidestream.report.TablePrinter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Rehearses a week of a changing world in minutes, without a cluster, and writes a report. */
@Command(
    name = "rehearse",
    description =
        "Rehearse seven simulated days in which tastes drift, films come, a fashion breaks and one"
            + " day has spam: what the index trains, promotes, refuses and rolls back by itself."
            + " Exit code 1 if a request failed, or was answered by two generations.",
    mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {
  /** Most users: each is one more to draw for. */
  static final int MAX_USERS = 100_000;

  private static final int LEAST_FILMS = 100;
  private static final int DELETIONS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(RehearseCommand.class);

  @Spec CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description =
          "Directory of rehearsal.json and report.html; bundles are in a new folder there,"
              + " rehearsal-*, which is deleted at the end.")
  Path out;

  @Option(names = "--seed", paramLabel = "N", description = "Of world and trainings (default: 1).")
  long seed = 1;

  @Option(
      names = "--films",
      paramLabel = "N",
      description = "Films, those that come among them, from 100 on (default: 400).")
  int films = 400;

  @Option(names = "--users", paramLabel = "N", description = "Users (default: 300).")
  int users = 300;

  @Option(names = "--events", paramLabel = "N", description = "Events a day (default: 2000).")
  int events = 2_000;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of trainings, such as trainer.refresh.most=0; repeatable.")
  Map<String, String> set = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    RehearsalSettings settings = settings();
    Logs.toDirectory(out.resolve("logs"), "rehearse");
    Files.createDirectories(out);
    Clock clock = Clock.systemUTC();
    RehearsalResult result = inOwnFolder(out, work -> rehearse(settings, work, clock));
    RehearsalReport report = new RehearsalReport(result);
    Findings findings = report.findings();
    spec.commandLine()
        .getOut()
        .println(new TablePrinter(TablePrinter.DEFAULT_WIDTH).print(findings));
    Files.write(out.resolve("rehearsal.json"), report.json());
    String page = ReportHtml.page(setup(clock), List.of(findings));
    Files.write(out.resolve("report.html"), page.getBytes(StandardCharsets.UTF_8));
    return result.held() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** What is done in a directory. */
  @FunctionalInterface
  interface InFolder<T> {
    T run(Path work) throws IOException, InterruptedException;
  }

  /** In a new directory, deleted at the end: others may be there, of a system among them. */
  static <T> T inOwnFolder(Path out, InFolder<T> action) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(out, "rehearsal-");
    Thread hook = new Thread(() -> deleteAtTheEnd(work), "delete");
    Runtime.getRuntime().addShutdownHook(hook); // Ctrl-C runs no finally
    try {
      return action.run(work);
    } finally {
      DirectoryTree.delete(work);
      unhook(hook);
    }
  }

  /** Trainings go on writing until the JVM has ended, and may write into what is being deleted. */
  private static void deleteAtTheEnd(Path work) {
    for (int left = DELETIONS; left > 0 && Files.exists(work); left--) {
      try {
        DirectoryTree.delete(work);
      } catch (IOException e) {
        LOG.warn("{} is not deleted: {}", work, e.getMessage());
      }
    }
  }

  private static void unhook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) { // it runs already
      LOG.debug("ended while a rehearsal ends", e);
    }
  }

  private RehearsalResult rehearse(RehearsalSettings settings, Path work, Clock clock)
      throws IOException, InterruptedException {
    try (Rehearsal rehearsal =
        new Rehearsal(
            settings,
            work,
            RehearseCommand::cpuSeconds,
            new ReportedTraining(Terminal.reporter(spec), new DemoReport(), clock))) {
      return rehearsal.run();
    }
  }

  private RehearsalSettings settings() {
    Usage.check(
        spec,
        films >= LEAST_FILMS && films <= SampleSize.MAX_FILMS,
        "--films is %d, expected %d to %d",
        films,
        LEAST_FILMS,
        SampleSize.MAX_FILMS);
    Usage.check(
        spec, users > 0 && users <= MAX_USERS, "--users is %d, expected 1 to %d", users, MAX_USERS);
    Usage.check(
        spec,
        events > 0 && events <= ChangingSample.Plan.MAX_EVENTS,
        "--events is %d, expected 1 to %d",
        events,
        ChangingSample.Plan.MAX_EVENTS);
    return RehearsalSettings.week(seed, films, users, events, set);
  }

  /** Of all threads of this process. */
  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private Setup setup(Clock clock) {
    return new Setup(
        "A week rehearsed",
        String.format(
            Locale.ROOT,
            "generated: %,d films, %,d users, %,d events a day, %d days",
            films,
            users,
            events,
            RehearsalSettings.DAYS),
        set.isEmpty() ? "rehearsal" : "rehearsal with " + set,
        Long.toString(seed),
        Map.of(),
        "sidestream "
            + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs()),
        new BuildVersion().getVersion()[0],
        clock.instant(),
        Map.of("processors", Integer.toString(Runtime.getRuntime().availableProcessors())));
  }
}
