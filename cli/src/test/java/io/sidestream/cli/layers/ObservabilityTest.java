package io.sidestream.cli.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sidestream.schemas.Namespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks alert rules, their tests, their pages, and the form of the dashboards. */
class ObservabilityTest {
  private static final Path OBSERVABILITY = Repository.root().resolve("observability");
  private static final Path RULES = OBSERVABILITY.resolve("prometheus/rules/sidestream.yml");
  private static final Path TESTS = OBSERVABILITY.resolve("prometheus/tests/sidestream.yml");
  private static final Path PAGES = Repository.root().resolve("docs/operate/alerts");

  @Test
  void alerts_each_haveAPage() throws IOException {
    Set<String> pages = new TreeSet<>();
    try (Stream<Path> files = Files.list(PAGES)) {
      files.forEach(file -> pages.add(file.getFileName().toString().replace(".md", "")));
    }
    pages.remove("README");
    assertEquals(names("alert", RULES), pages);
    String list = Files.readString(PAGES.resolve("README.md"));
    for (String alert : pages) {
      String page = Files.readString(PAGES.resolve(alert + ".md"));
      for (String section : List.of("Meaning", "Impact", "Diagnosis", "Repair")) {
        assertTrue(page.contains("## " + section + "\n"), alert + " has no section " + section);
      }
      assertTrue(list.contains("](" + alert + ".md)"), alert + " is not listed");
    }
  }

  @Test
  void alerts_each_haveATest() throws IOException {
    assertEquals(names("alert", RULES), names("alertname", TESTS));
  }

  @Test
  void dashboards_panels_haveIdsTitlesAndQueries() throws IOException {
    for (String name : List.of("well", "fast", "good")) {
      JsonNode dashboard =
          new ObjectMapper()
              .readTree(OBSERVABILITY.resolve("grafana/dashboards/" + name + ".json").toFile());
      assertEquals("sidestream-" + name, dashboard.get("uid").asText());
      Set<Integer> ids = new HashSet<>();
      for (JsonNode panel : dashboard.get("panels")) {
        assertTrue(ids.add(panel.get("id").asInt()), name + ": id is used twice");
        assertTrue(panel.hasNonNull("title"), name);
        boolean queries = panel.path("targets").size() > 0;
        assertEquals(!panel.get("type").asText().equals("row"), queries, panel.toString());
      }
    }
  }

  /** A prefix of names ends in a dot, an underscore or a hyphen. */
  @Test
  void names_ofEveryNamespace_areThoseThatQueriesTake() throws IOException {
    String rules = Files.readString(RULES);
    String fast = Files.readString(OBSERVABILITY.resolve("grafana/dashboards/fast.json"));
    List<Pattern> prompts =
        List.of(
            query(rules, "topic=~\"([^\"]*prompts)\""),
            query(fast, "topic=~\\\\\"([^\"]*prompts)\\\\\""));
    Pattern triggers = query(rules, "job_name!~\"([^\"]*training-requests)\"");
    for (String prefix : List.of("", "shop.", "shop_", "shop-")) {
      for (String catalogue : List.of(Namespace.DEFAULT_CATALOGUE, "films")) {
        Namespace namespace = new Namespace(prefix, catalogue);
        for (Pattern topic : prompts) {
          assertTrue(topic.matcher(namespace.qualify("prompts")).matches(), namespace.toString());
        }
        String job = namespace.qualify("training-requests");
        assertTrue(triggers.matcher(job).matches(), job);
      }
    }
    assertFalse(triggers.matcher("pair-counts").matches());
  }

  private static Pattern query(String text, String form) {
    Matcher found = Pattern.compile(form).matcher(text);
    assertTrue(found.find(), form);
    return Pattern.compile(found.group(1));
  }

  @Test
  void promtool_rulesAndConfiguration_areValid() throws Exception {
    run("check", "rules", RULES.toString());
    // The files that it names are those of the container.
    String config = OBSERVABILITY.resolve("prometheus/prometheus.yml").toString();
    run("check", "config", "--syntax-only", config);
  }

  @Test
  void promtool_rules_passTheirTests() throws Exception {
    run("test", "rules", TESTS.toString());
  }

  private static Set<String> names(String key, Path file) throws IOException {
    JsonNode tree = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
    return new TreeSet<>(tree.findValuesAsText(key));
  }

  /** Prometheus' own tool; without it these tests are skipped, and say so. */
  private static void run(String... arguments) throws Exception {
    Optional<Path> promtool = promtool();
    assumeTrue(
        promtool.isPresent(),
        "promtool is not on the PATH: alert rules are not checked; install prometheus");
    List<String> command =
        Stream.concat(Stream.of(promtool.get().toString()), Arrays.stream(arguments))
            .collect(Collectors.toList());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  private static Optional<Path> promtool() {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, "promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
