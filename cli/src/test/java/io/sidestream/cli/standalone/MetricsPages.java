package io.sidestream.cli.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The metrics that running processes show, against those that dashboards, alerts and READMEs name.
 */
final class MetricsPages {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DASHBOARDS = ROOT.resolve("observability/grafana/dashboards");
  private static final Path RULES = ROOT.resolve("observability/prometheus/rules");
  private static final Pattern PORT = Pattern.compile("metrics at 127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern NAME =
      Pattern.compile("\\b(sidestream|jvm|process|logback|kafka|flink)_[A-Za-z0-9_]+");
  private static final Pattern DERIVED = Pattern.compile("_(bucket|sum|count|max)$");

  private final List<Integer> ports;

  /**
   * @param ports of everything that is scraped
   */
  MetricsPages(List<Integer> ports) {
    this.ports = List.copyOf(ports);
  }

  /** The ports in what a system tells of its parts' start. */
  static List<Integer> portsIn(String detail) {
    return PORT.matcher(detail).results().map(found -> Integer.valueOf(found.group(1))).toList();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kafka's clients show a metric some seconds after they first have it. */
  void assertHoldWhatDashboardsAndAlertsName() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String expression : expressions()) {
      String bare = expression.replaceAll("\\{[^}]*}", "");
      NAME.matcher(bare).results().forEach(found -> named.add(found.group()));
    }
    assertFalse(named.isEmpty());
    Awaitility.await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              Set<String> missing = new TreeSet<>(named);
              missing.removeAll(shown());
              assertEquals(Set.of(), missing, "named in observability/, but shown by no process");
            });
  }

  /** Every metric of ours is in some module's README. */
  void assertAreDocumented() throws IOException {
    String readmes = text(ROOT, 2, "README.md");
    Set<String> undocumented =
        shown().stream()
            .filter(name -> name.startsWith("sidestream_") || name.contains("_sidestream_"))
            .map(name -> DERIVED.matcher(name).replaceFirst(""))
            .map(name -> name.replace("flink_taskmanager_job_task_operator_", ""))
            .filter(name -> !readmes.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), undocumented, "shown, but in no README");
  }

  private static List<String> expressions() throws IOException {
    List<String> expressions = new ArrayList<>();
    try (Stream<Path> files = Files.list(DASHBOARDS)) {
      for (Path file : files.toList()) {
        collect(new ObjectMapper().readTree(file.toFile()), expressions);
      }
    }
    try (Stream<Path> files = Files.list(RULES)) {
      for (Path file : files.toList()) {
        collect(new ObjectMapper(new YAMLFactory()).readTree(file.toFile()), expressions);
      }
    }
    return expressions;
  }

  private static void collect(JsonNode node, List<String> expressions) {
    node.findValuesAsText("expr", expressions);
  }

  private static String text(Path folder, int depth, String name) throws IOException {
    try (Stream<Path> files = Files.find(folder, depth, (path, is) -> path.endsWith(name))) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    }
  }

  private Set<String> shown() {
    Set<String> shown = new TreeSet<>();
    for (int port : ports) {
      page(port)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> shown.add(line.split("[{ ]", 2)[0]));
    }
    return shown;
  }

  private static String page(int port) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
