package io.sidestream.cli;

import io.sidestream.cli.demo.ConsoleReporter;
import java.time.Clock;
import picocli.CommandLine.Model.CommandSpec;

/** Whether someone watches. */
final class Terminal {
  private Terminal() {}

  /** A narrator on the command's output; the launcher tells whether that is a terminal. */
  static ConsoleReporter narrator(CommandSpec spec) {
    boolean terminal = Boolean.getBoolean("launcher.terminal");
    return new ConsoleReporter(spec.commandLine().getOut(), terminal, Clock.systemUTC());
  }
}
