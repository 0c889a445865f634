package io.sidestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sidestream.chaos.ChaosReport;
import io.sidestream.chaos.ChaosRun;
import io.sidestream.chaos.ChaosSystem;
import io.sidestream.chaos.LocalSystem;
import io.sidestream.chaos.container.ContainerEngine;
import io.sidestream.chaos.container.ContainerSystem;
import io.sidestream.chaos.process.JavaProgram;
import io.sidestream.chaos.schedule.Schedule;
import io.sidestream.model.resources.DirectoryTree;
import io.sidestream.schemas.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a system of its own under faults that a seed draws, and checks what became of it. */
@Command(
    name = "chaos",
    description =
        "Start a system of processes on this machine, or take a stack of containers, let faults"
            + " befall it that a seed draws, and check that nothing was lost, doubled or mixed."
            + " Exit code 1 if it was.",
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
              + Schedule.MAX_NUMBER
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

  @Option(
      names = "--project",
      paramLabel = "NAME",
      description =
          "A Docker Compose project that runs the stack and has no events yet, in place of"
              + " processes; with --bootstrap-servers and setting admin.token.")
  @Nullable String project;

  @Mixin ConnectionOption connection;

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
        seeds > 0 && seeds <= Schedule.MAX_NUMBER,
        "--seeds is %d, expected 1 to %d",
        seeds,
        Schedule.MAX_NUMBER);
    Usage.check(
        spec,
        project != null || !connection.isGiven(),
        "settings of a connection are those of a stack, expected --project");
    Usage.checkOutput(spec, "--json", json);
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    long drawn = seed == null ? clock.millis() : seed;
    Path directory = directory();
    Logs.toDirectory(directory, "chaos");
    out.println("seed " + drawn + ", " + minutes + " min, in " + directory);
    List<ChaosReport> reports;
    try (ChaosSystem system = system(directory, drawn)) {
      List<Schedule> schedules =
          Schedule.draw(drawn, seeds, Duration.ofMinutes(minutes), system.targets());
      reports = ChaosRun.run(system, schedules, clock, out::println);
    }
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

  private ChaosSystem system(Path directory, long drawn) throws Exception {
    if (project == null) {
      return LocalSystem.start(directory, program(), drawn);
    }
    // A stack's broker may be away for a while when something is read from it.
    Settings settings = connection.settings(Map.of("broker.timeout", "2m"));
    return ContainerSystem.of(new ContainerEngine("docker"), project, settings).requireNoEvents();
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
