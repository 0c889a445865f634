package io.sidestream.cli;

import io.sidestream.cli.demo.DemoReport;
import io.sidestream.cli.demo.LoggedTraining;
import io.sidestream.cli.demo.ReportedTraining;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.trainer.TrainerApplication;
import io.sidestream.trainer.TrainerConfig;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the trainer in its own process. */
@Command(
    name = "train",
    description = "Run the trainer: wait for training requests, train, publish generations.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements ProcessCommand {
  @Spec CommandSpec spec;
  @Mixin ApplicationOption application;

  @Override
  public Integer call() {
    return application.run(
        "trainer",
        spec,
        settings -> TrainerApplication.start(TrainerConfig.from(settings), progress(settings)),
        TrainerApplication::awaitStopped);
  }

  private TrainingProgress progress(Settings settings) {
    return Logs.isOnStdout(settings)
        ? new LoggedTraining(Clock.systemUTC())
        : new ReportedTraining(Terminal.reporter(spec), new DemoReport(), Clock.systemUTC());
  }
}
