package io.sidestream.cli;

import io.sidestream.index.IndexApplication;
import io.sidestream.index.IndexConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the index in its own process. */
@Command(
    name = "index",
    description = "Run the index: keep generations in RocksDB, answer requests.",
    mixinStandardHelpOptions = true)
final class IndexCommand implements ProcessCommand {
  @Spec CommandSpec spec;
  @Mixin ApplicationOption application;

  @Override
  public Integer call() {
    return application.run(
        "index",
        spec,
        settings -> IndexApplication.start(IndexConfig.from(settings)),
        IndexApplication::awaitStopped);
  }
}
