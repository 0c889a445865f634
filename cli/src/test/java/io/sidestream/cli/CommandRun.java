package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands in this process. */
final class CommandRun {
  private CommandRun() {}

  /** What a command printed, with line feeds, once it ended with the expected exit code. */
  static String run(int expected, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        SidestreamCommand.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(words);
    assertEquals(expected, code, () -> String.join(" ", words) + ": " + err);
    return out.toString().replace(System.lineSeparator(), "\n");
  }
}
