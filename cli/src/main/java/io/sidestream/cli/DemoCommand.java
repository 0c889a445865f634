package io.sidestream.cli;

import io.sidestream.cli.demo.ConsoleReporter;
import io.sidestream.cli.demo.Demo;
import io.sidestream.cli.demo.DemoDataset;
import io.sidestream.cli.demo.DemoReport;
import io.sidestream.cli.demo.FolderDataset;
import io.sidestream.cli.demo.ReportedStart;
import io.sidestream.cli.demo.ReportedTraining;
import io.sidestream.cli.demo.SampleDataset;
import io.sidestream.cli.standalone.StandaloneSystem;
import io.sidestream.cli.standalone.WorkDirectory;
import io.sidestream.datasets.MovieLensFolder;
import io.sidestream.datasets.sample.SampleSize;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole system at work: starts everything, feeds it, asks it, and tells what happens. */
@Command(
    name = "demo",
    description =
        "Start everything and watch it do its whole job, on the bundled sample or on a folder.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin SystemOption system;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder in MovieLens layout instead of the bundled sample.")
  Path data;

  @Option(names = "--exit", description = "End after the tour instead of staying up to answer.")
  boolean exit;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write what was measured, as one JSON object.")
  Path json;

  @Override
  public Integer call() {
    DemoDataset world = world();
    ConsoleReporter narrator = Terminal.narrator(spec);
    DemoReport report = new DemoReport();
    Demo tour = new Demo(world, narrator, report, Clock.systemUTC());
    try (WorkDirectory work = WorkDirectory.claim(system.work.work)) {
      tour.check(work);
      Path log = Logs.toDirectory(work.paths().logs(), "sidestream");
      tour.welcome(work, log);
      StandaloneSystem running = start(work, tour, narrator, report);
      try (GracefulShutdown stop =
          GracefulShutdown.of(running::close, spec.commandLine().getOut())) {
        show(tour, running, stop, report);
      }
    }
    return ExitCode.OK;
  }

  private StandaloneSystem start(
      WorkDirectory work, Demo tour, ConsoleReporter narrator, DemoReport report) {
    Map<String, String> own = tour.settings();
    return StandaloneSystem.start(
        work,
        system.port,
        derived -> system.settings(derived, own),
        new ReportedTraining(narrator, report, Clock.systemUTC()),
        new ReportedStart(narrator, report));
  }

  private void show(Demo tour, StandaloneSystem running, GracefulShutdown stop, DemoReport report) {
    try {
      tour.tell(running);
    } catch (RuntimeException e) {
      if (stop.stopping()) {
        stop.await();
        return;
      }
      throw e;
    }
    if (json != null) {
      report.write(json);
    }
    if (!exit) {
      tour.farewell(running);
      running.awaitStopped(stop::stopping);
    }
  }

  private DemoDataset world() {
    return data == null
        ? new SampleDataset(DataOption.SAMPLE_SEED, SampleSize.DEFAULT)
        : new FolderDataset(data, MovieLensFolder.read(data));
  }
}
