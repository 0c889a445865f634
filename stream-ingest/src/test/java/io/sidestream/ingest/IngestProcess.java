package io.sidestream.ingest;

import io.sidestream.schemas.settings.Settings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link IngestApplication} in a process of its own, which can be killed like any other. */
public final class IngestProcess {
  private final Process process;

  private IngestProcess(Process process) {
    this.process = process;
  }

  /** The process: runs until it is stopped or killed. */
  public static void main(String[] arguments) throws Exception {
    Settings settings =
        Settings.load(Optional.empty(), System.getenv(), System.getProperties(), Map.of());
    try (IngestApplication application = IngestApplication.start(IngestConfig.from(settings))) {
      Runtime.getRuntime().addShutdownHook(new Thread(application::close, "ingest-shutdown"));
      application.awaitStopped();
    }
  }

  /**
   * Starts the process.
   *
   * @param log takes what it prints, after what is there
   */
  public static IngestProcess start(Map<String, String> settings, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // it lives for seconds
    command.addAll(opens());
    settings.forEach((key, value) -> command.add("-Dsidestream." + key + "=" + value));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(IngestProcess.class.getName());
    return new IngestProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  private static List<String> opens() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .toList();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it at once, as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to stop, as Ctrl-C does, and waits for its exit code. */
  public int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }
}
