package io.sidestream.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The work directory. */
final class WorkOption {
  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "work",
      description = "Work directory, kept between runs (default: ./${DEFAULT-VALUE}).")
  Path work;
}
