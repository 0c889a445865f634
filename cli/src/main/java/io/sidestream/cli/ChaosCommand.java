package io.sidestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sidestream.chaos.ChaosConfig;
import io.sidestream.chaos.ChaosReport;
import io.sidestream.chaos.ChaosRun;
import io.sidestream.chaos.process.JavaProgram;
import io.sidestream.model.resources.DirectoryTree;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a system of its own under faults that a seed draws, and checks what became of it. */
@Command(
    name = "chaos",
    description =
        "Start a system of processes on this machine, let faults befall it that a seed draws, and"
            + " check that nothing was lost, doubled or mixed. Exit code 1 if it was.",
    mixinStandardHelpOptions = true)
final class ChaosCommand implements Callable<Integer> {
  private static final int MAX_MINUTES = 24 * 60;

  @Spec CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the faults; the same seed gives the same (default: from the clock).")
  @Nullable Long seed;

  @Option(
      names = "--seeds",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "How many seeds from that one on, one after another on the same system, 1 to "
              + ChaosConfig.MAX_SCHEDULES
              + " (default: ${DEFAULT-VALUE}).")
  int seeds;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "5",
      description =
          "How long the faults of a seed go on, 1 to "
              + MAX_MINUTES
              + " (default: ${DEFAULT-VALUE}).")
  int minutes;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description =
          "Where everything is kept; must be empty (default: a temporary directory, which is"
              + " deleted when everything held).")
  @Nullable Path work;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON, too.")
  @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    Usage.check(
        spec,
        minutes > 0 && minutes <= MAX_MINUTES,
        "--minutes is %d, expected 1 to %d",
        minutes,
        MAX_MINUTES);
    Usage.check(
        spec,
        seeds > 0 && seeds <= ChaosConfig.MAX_SCHEDULES,
        "--seeds is %d, expected 1 to %d",
        seeds,
        ChaosConfig.MAX_SCHEDULES);
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    long drawn = seed == null ? clock.millis() : seed;
    Path directory = directory();
    Logs.toDirectory(directory, "chaos");
    out.println("seed " + drawn + ", " + minutes + " min, in " + directory);
    List<ChaosReport> reports =
        ChaosRun.run(
            new ChaosConfig(drawn, seeds, Duration.ofMinutes(minutes), directory, program()),
            clock,
            out::println);
    boolean clean = reports.stream().allMatch(ChaosReport::isClean);
    if (json != null) {
      ArrayNode all = Json.array();
      reports.forEach(report -> all.add(report.json()));
      Files.writeString(json, Json.text(all));
    }
    if (work == null && clean) {
      DirectoryTree.delete(directory);
    }
    return clean ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Path directory() throws Exception {
    if (work == null) {
      return Files.createTempDirectory("sidestream-chaos-");
    }
    Files.createDirectories(work);
    try (var entries = Files.list(work)) {
      Usage.check(spec, entries.findAny().isEmpty(), "--work %s is not empty", work);
    }
    return work.toAbsolutePath();
  }

  /** This program, which runs the processes. */
  private static JavaProgram program() {
    return new JavaProgram(
        System.getProperty("java.class.path"), SidestreamCommand.class.getName());
  }
}
