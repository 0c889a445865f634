package io.sidestream.chaos.container;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A container engine by its command line.
 *
 * @param executable what is run, such as {@code docker}
 */
public record ContainerEngine(String executable) {
  /** Longer than the engine waits for a container that it stops. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final int SHOWN = 500;

  /**
   * Runs one command to its end.
   *
   * @return what it printed
   * @throws IOException with what it printed where it failed, or did not end within a limit
   */
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(executable));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process
        .onExit()
        .orTimeout(LIMIT.toMillis(), MILLISECONDS)
        .whenComplete(
            (ended, late) -> {
              if (late != null) { // it would take the output of one that ended
                process.destroyForcibly();
              }
            });
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(
          String.format(
              "%s ended with exit code %d: %s",
              String.join(" ", command),
              code,
              output.substring(0, Math.min(SHOWN, output.length()))));
    }
    return output;
  }
}
