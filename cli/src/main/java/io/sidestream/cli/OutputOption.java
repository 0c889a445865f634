package io.sidestream.cli;

import picocli.CommandLine.Option;

/** How a command prints what it found. */
final class OutputOption {
  /** For people, or for programs. */
  enum Form {
    text,
    json
  }

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "How to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Form form;

  boolean isJson() {
    return form == Form.json;
  }
}
