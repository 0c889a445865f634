package io.sidestream.benchmarks.requests;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.benchmarks.measure.ClassPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process that answers requests; it ends when this is closed. */
public final class ServerProcess implements AutoCloseable {
  static final String READY = "ready ";

  private static final double KIB_PER_MIB = 1024;

  private final Process process;
  private final int adminPort;

  private ServerProcess(Process process, int adminPort) {
    this.process = process;
    this.adminPort = adminPort;
  }

  /** Starts the main class, and returns when it says that it is ready. */
  public static ServerProcess start(Class<?> main, String heap, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-Doffline=true");
    command.addAll(List.of(System.getProperty("benchmarks.jvm", "").split(" ")));
    command.removeIf(String::isEmpty);
    command.addAll(List.of("-cp", ClassPath.ofIndex(), main.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    String line = reader.readLine();
    while (line != null && !line.startsWith(READY)) { // the JVM's own words
      line = reader.readLine();
    }
    check(line != null, "%s ended before it was ready", main.getSimpleName());
    return new ServerProcess(
        process, Integer.parseInt(line.substring(READY.length(), line.length())));
  }

  /** CPU time of all its threads so far. */
  public Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Memory that it holds; unit: MiB. */
  double residentMib() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
          .findFirst()
          .orElse(0);
    }
  }

  /** Mean time of the model's answers so far, by sum and count; zeros where it has no model. */
  Answered answered() throws IOException, InterruptedException {
    if (adminPort == 0) {
      return new Answered(0, 0);
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/metrics")).build();
    String metrics =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    return new Answered(sum(metrics, "sum"), sum(metrics, "count"));
  }

  private static double sum(String metrics, String what) {
    String name = "sidestream_answer_duration_seconds_" + what + "{";
    return metrics
        .lines()
        .filter(line -> line.startsWith(name) && !line.contains("OVERLOADED"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /**
   * Answers so far.
   *
   * @param seconds in all
   */
  record Answered(double seconds, double count) {
    double meanMillisSince(Answered earlier) {
      return count > earlier.count
          ? (seconds - earlier.seconds) / (count - earlier.count) * 1_000
          : 0;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
