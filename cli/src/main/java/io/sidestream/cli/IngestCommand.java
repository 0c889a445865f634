package io.sidestream.cli;

import io.sidestream.ingest.IngestApplication;
import io.sidestream.ingest.IngestConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the Flink jobs as a process of their own. */
@Command(
    name = "ingest",
    description = "Run the Flink jobs: count pairs, ask for trainings, code new items.",
    mixinStandardHelpOptions = true)
final class IngestCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ApplicationOption application;

  @Override
  public Integer call() throws Exception {
    return application.run(
        "ingest",
        spec,
        settings -> IngestApplication.start(IngestConfig.from(settings)),
        IngestApplication::awaitStopped);
  }
}
