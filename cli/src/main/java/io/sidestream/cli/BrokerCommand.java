package io.sidestream.cli;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.broker.ProxiedPort;
import io.sidestream.cli.standalone.WorkPaths;
import io.sidestream.schemas.UserErrorException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the embedded broker in its own process, for runs that end processes on purpose. */
@Command(
    name = "broker",
    description = "Run the embedded broker alone, until Ctrl-C.",
    hidden = true,
    mixinStandardHelpOptions = true)
final class BrokerCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin WorkOption work;
  @Mixin SettingsOption settings;

  @Option(
      names = "--port",
      paramLabel = "P",
      required = true,
      description = "Port on 127.0.0.1; 0 takes a free one.")
  int port;

  @Option(
      names = "--proxied",
      paramLabel = "P=Q",
      description = "A further port, to which clients come through port Q.")
  Map<Integer, Integer> proxied = new LinkedHashMap<>();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    WorkPaths paths = new WorkPaths(work.work);
    Logs log = Logs.start(settings.settings(Map.of()), paths.logs(), "broker");
    EmbeddedBroker broker = start(paths);
    log.tellRunning("broker", out);
    try (GracefulShutdown stop = GracefulShutdown.of(() -> close(broker), log.printer(out))) {
      stop.await();
    }
    return ExitCode.OK;
  }

  private EmbeddedBroker start(WorkPaths paths) {
    List<ProxiedPort> ports =
        proxied.entrySet().stream()
            .map(one -> new ProxiedPort(one.getKey(), one.getValue()))
            .toList();
    try {
      return EmbeddedBroker.start(paths.broker(), port, ports, Map.of());
    } catch (IOException e) {
      throw new UserErrorException(e, "the broker cannot start: " + e.getMessage());
    }
  }

  private static void close(EmbeddedBroker broker) {
    try {
      broker.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
