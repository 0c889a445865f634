package io.sidestream.standalone.cli;

import io.sidestream.datasets.MovieLensFolder;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.standalone.StandaloneSystem;
import io.sidestream.standalone.WorkDirectory;
import io.sidestream.standalone.tour.FolderWorld;
import io.sidestream.standalone.tour.NarratedStart;
import io.sidestream.standalone.tour.NarratedTraining;
import io.sidestream.standalone.tour.Narrator;
import io.sidestream.standalone.tour.SampleTourWorld;
import io.sidestream.standalone.tour.Tour;
import io.sidestream.standalone.tour.TourReport;
import io.sidestream.standalone.tour.World;
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
    World world = world();
    Narrator narrator = Terminal.narrator(spec);
    TourReport report = new TourReport();
    Tour tour = new Tour(world, narrator, report, Clock.systemUTC());
    try (WorkDirectory work = WorkDirectory.claim(system.work.work)) {
      tour.check(work);
      Path log = Logs.toDirectory(work.paths().logs(), "sidestream");
      tour.welcome(work, log);
      StandaloneSystem running = start(work, tour, narrator, report);
      try (OrderlyStop stop = OrderlyStop.of(running::close, spec.commandLine().getOut())) {
        show(tour, running, stop, report);
      }
    }
    return ExitCode.OK;
  }

  private StandaloneSystem start(
      WorkDirectory work, Tour tour, Narrator narrator, TourReport report) {
    Map<String, String> own = tour.settings();
    return StandaloneSystem.start(
        work,
        system.port,
        derived -> system.settings(derived, own),
        new NarratedTraining(narrator, report, Clock.systemUTC()),
        new NarratedStart(narrator, report));
  }

  private void show(Tour tour, StandaloneSystem running, OrderlyStop stop, TourReport report) {
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

  private World world() {
    return data == null
        ? new SampleTourWorld(DataOption.SAMPLE_SEED, SampleSize.DEFAULT)
        : new FolderWorld(data, MovieLensFolder.read(data));
  }
}
