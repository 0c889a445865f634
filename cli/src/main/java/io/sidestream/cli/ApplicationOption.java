package io.sidestream.cli;

import io.sidestream.cli.standalone.Lifecycle;
import io.sidestream.cli.standalone.WorkPaths;
import io.sidestream.schemas.settings.Settings;
import java.io.PrintWriter;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** Options of a process that runs one application, against any broker. */
final class ApplicationOption {
  /** Starts an application with its settings. */
  @FunctionalInterface
  interface Start<T> {
    T with(Settings settings) throws Exception;
  }

  @Mixin WorkOption work;
  @Mixin ConnectionOption connection;

  /**
   * Runs an application until it stops or Ctrl-C.
   *
   * @param await waits until it stops; throws when it failed
   */
  <T extends AutoCloseable> int run(
      String name, CommandSpec spec, Start<T> start, Lifecycle.Action<T> await) {
    PrintWriter out = spec.commandLine().getOut();
    WorkPaths paths = new WorkPaths(work.work);
    Logs log = Logs.start(settings(), paths.logs(), name);
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.run(name, () -> start.with(settings()), await);
    log.tellRunning(name, out);
    try (GracefulShutdown stop = GracefulShutdown.of(lifecycle::close, log.printer(out))) {
      lifecycle.awaitStopped(stop::stopping);
    }
    return ExitCode.OK;
  }

  /** Settings of every place; the layout of the work directory is a default. */
  Settings settings() {
    return connection.settings().over("--work", new WorkPaths(work.work).settings());
  }
}
