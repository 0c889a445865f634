package io.sidestream.standalone.cli;

import io.sidestream.standalone.StandaloneSystem;
import io.sidestream.standalone.WorkDirectory;
import io.sidestream.standalone.tour.NarratedStart;
import io.sidestream.standalone.tour.NarratedTraining;
import io.sidestream.standalone.tour.Narrator;
import io.sidestream.standalone.tour.TourReport;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs all applications over an embedded broker until Ctrl-C. */
@Command(
    name = "standalone",
    description = "Run everything on this machine over an embedded broker, until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class StandaloneCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin SystemOption system;

  @Override
  public Integer call() {
    Narrator narrator = Terminal.narrator(spec);
    TourReport unwritten = new TourReport();
    try (WorkDirectory work = WorkDirectory.claim(system.work.work)) {
      Path log = Logs.toDirectory(work.paths().logs(), "sidestream");
      StandaloneSystem running =
          StandaloneSystem.start(
              work,
              system.port,
              derived -> system.settings(derived, Map.of()),
              new NarratedTraining(narrator, unwritten, Clock.systemUTC()),
              new NarratedStart(narrator, unwritten));
      narrator.say("runs until Ctrl-C; log: " + log);
      try (OrderlyStop stop = OrderlyStop.of(running::close, spec.commandLine().getOut())) {
        running.awaitStopped(stop::stopping);
      }
    }
    return ExitCode.OK;
  }
}
