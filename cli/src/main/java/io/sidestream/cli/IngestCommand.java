package io.sidestream.cli;

import io.sidestream.ingest.IngestApplication;
import io.sidestream.ingest.IngestConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the Flink jobs in their own process. */
@Command(
    name = "ingest",
    description = "Run the Flink jobs: count pairs, request trainings, encode new items.",
    mixinStandardHelpOptions = true)
final class IngestCommand implements ProcessCommand {
  @Spec CommandSpec spec;
  @Mixin ApplicationOption application;

  @Override
  public Integer call() {
    return application.run(
        "ingest",
        spec,
        settings -> IngestApplication.start(IngestConfig.from(settings)),
        IngestApplication::awaitStopped);
  }
}
