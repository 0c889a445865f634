package io.sidestream.cli;

import io.sidestream.cli.client.Generations;
import io.sidestream.schemas.TrainingRequest;
import java.time.Clock;
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
  @Mixin BrokerOption broker;

  @Option(
      names = "--catalogue",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "The catalogue to train (default: ${DEFAULT-VALUE}).")
  String catalogue;

  @Override
  public void run() {
    Generations generations = new Generations(broker.bootstrapServers);
    TrainingRequest request = generations.retrain(catalogue, Clock.systemUTC().instant());
    spec.commandLine()
        .getOut()
        .println(
            "requested a training of " + request.catalogue() + ", at " + request.requestedAt());
  }
}
