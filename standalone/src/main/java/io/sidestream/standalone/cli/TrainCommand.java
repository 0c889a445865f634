package io.sidestream.standalone.cli;

import io.sidestream.standalone.tour.NarratedTraining;
import io.sidestream.standalone.tour.TourReport;
import io.sidestream.trainer.TrainerApplication;
import io.sidestream.trainer.TrainerConfig;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the trainer as a process of its own. */
@Command(
    name = "train",
    description = "Run the trainer: wait for training requests, train, publish generations.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ApplicationOption application;

  @Override
  public Integer call() throws Exception {
    NarratedTraining progress =
        new NarratedTraining(Terminal.narrator(spec), new TourReport(), Clock.systemUTC());
    return application.run(
        "trainer",
        spec,
        settings -> TrainerApplication.start(TrainerConfig.from(settings), progress),
        TrainerApplication::awaitStopped);
  }
}
