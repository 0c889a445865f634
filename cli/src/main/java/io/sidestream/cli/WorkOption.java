package io.sidestream.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command keeps everything between runs. */
final class WorkOption {
  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "work",
      description = "Where everything is kept between runs (default: ./${DEFAULT-VALUE}).")
  Path work;
}
