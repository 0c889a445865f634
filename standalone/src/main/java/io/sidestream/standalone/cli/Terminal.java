package io.sidestream.standalone.cli;

import io.sidestream.standalone.tour.Narrator;
import java.time.Clock;
import picocli.CommandLine.Model.CommandSpec;

/** Whether someone watches. */
final class Terminal {
  private Terminal() {}

  /** A narrator on the command's output; the launcher tells whether that is a terminal. */
  static Narrator narrator(CommandSpec spec) {
    boolean terminal = Boolean.getBoolean("launcher.terminal");
    return new Narrator(spec.commandLine().getOut(), terminal, Clock.systemUTC());
  }
}
