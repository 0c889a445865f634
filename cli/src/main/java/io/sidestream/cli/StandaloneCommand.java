package io.sidestream.cli;

import io.sidestream.cli.demo.ConsoleReporter;
import io.sidestream.cli.demo.DemoReport;
import io.sidestream.cli.standalone.StandaloneSystem;
import io.sidestream.cli.standalone.WorkDirectory;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs all applications over an embedded broker until Ctrl-C. */
@Command(
    name = "standalone",
    description = "Run all applications in this process over an embedded broker, until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class StandaloneCommand implements ProcessCommand {
  @Spec CommandSpec spec;
  @Mixin SystemOption system;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (WorkDirectory work = WorkDirectory.claim(system.work.work)) {
      Logs log = Logs.start(system.settings(), work.paths().logs(), "sidestream");
      ConsoleReporter reporter = Terminal.reporter(log.printer(out));
      StandaloneSystem running = system.start(work, Map.of(), reporter, new DemoReport());
      log.tellRunning("the system", out);
      try (GracefulShutdown stop = GracefulShutdown.of(running::close, log.printer(out))) {
        running.awaitStopped(stop::stopping);
      }
    }
    return ExitCode.OK;
  }
}
