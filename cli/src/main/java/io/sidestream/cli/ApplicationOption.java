package io.sidestream.cli;

import io.sidestream.cli.standalone.WorkPaths;
import io.sidestream.schemas.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How to run one application as a process of its own, against any broker. */
final class ApplicationOption {
  /** Starts an application with its settings. */
  @FunctionalInterface
  interface Start<T> {
    T with(Settings settings) throws Exception;
  }

  /** Waits until an application stops. */
  @FunctionalInterface
  interface Await<T> {
    void stop(T application) throws Exception;
  }

  @Mixin WorkOption work;
  @Mixin SettingsOption settings;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description =
          "Kafka broker to work with (default: setting kafka.bootstrap.servers, else "
              + BrokerOption.DEFAULT
              + ").")
  String bootstrapServers;

  /** Runs an application until it stops or Ctrl-C. */
  <T extends AutoCloseable> int run(String name, CommandSpec spec, Start<T> start, Await<T> await)
      throws Exception {
    WorkPaths paths = new WorkPaths(work.work);
    Path log = Logs.toDirectory(paths.logs(), name);
    T application = start.with(settings.settings(derived(paths)));
    spec.commandLine().getOut().println(name + " runs until Ctrl-C; log: " + log);
    try (GracefulShutdown stop =
        GracefulShutdown.of(closing(application), spec.commandLine().getOut())) {
      await.stop(application);
      if (stop.stopping()) {
        stop.await();
      }
    }
    return ExitCode.OK;
  }

  private Map<String, String> derived(WorkPaths paths) {
    Map<String, String> derived = new HashMap<>(paths.settings());
    if (bootstrapServers != null) {
      derived.put("kafka.bootstrap.servers", bootstrapServers);
    }
    return derived;
  }

  private static Runnable closing(AutoCloseable application) {
    Callable<Void> close =
        () -> {
          application.close();
          return null;
        };
    return () -> {
      try {
        close.call();
      } catch (Exception e) {
        throw new IllegalStateException("closing failed: " + e.getMessage(), e);
      }
    };
  }
}
