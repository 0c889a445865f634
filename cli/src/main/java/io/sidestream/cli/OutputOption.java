package io.sidestream.cli;

import picocli.CommandLine.Option;

/** Output format. */
final class OutputOption {
  /** Plain text or JSON. */
  enum Format {
    text,
    json
  }

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Output format: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Format format;

  boolean isJson() {
    return format == Format.json;
  }
}
