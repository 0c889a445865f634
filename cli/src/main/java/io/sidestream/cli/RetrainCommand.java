package io.sidestream.cli;

import io.sidestream.client.Connection;
import io.sidestream.client.Generations;
import io.sidestream.schemas.TrainingRequest;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Requests a training manually. */
@Command(
    name = "retrain",
    description = "Request a new generation, trained on all events up to now.",
    mixinStandardHelpOptions = true)
final class RetrainCommand implements Runnable {
  @Spec CommandSpec spec;
  @Mixin ConnectionOption connection;

  @Option(
      names = "--catalogue",
      paramLabel = "NAME",
      description = "The catalogue to train (default: setting catalogue).")
  @Nullable String catalogue;

  @Override
  public void run() {
    Connection cluster = connection.connection(catalogue);
    TrainingRequest request = new Generations(cluster).retrain(Clock.systemUTC().instant());
    spec.commandLine()
        .getOut()
        .println(
            "requested a training of " + request.catalogue() + ", at " + request.requestedAt());
  }
}
