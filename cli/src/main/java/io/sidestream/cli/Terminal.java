package io.sidestream.cli;

import io.sidestream.cli.demo.ConsoleReporter;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine.Model.CommandSpec;

/** The terminal, if any. */
final class Terminal {
  private Terminal() {}

  /** A reporter on the command's output; the launcher detects whether that is a terminal. */
  static ConsoleReporter reporter(CommandSpec spec) {
    return reporter(spec.commandLine().getOut());
  }

  static ConsoleReporter reporter(PrintWriter out) {
    boolean terminal = Boolean.getBoolean("launcher.terminal");
    return new ConsoleReporter(out, terminal, Clock.systemUTC());
  }
}
