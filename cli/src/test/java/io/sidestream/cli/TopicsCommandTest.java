package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.broker.EmbeddedBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command over a real broker; each test has a catalogue of its own. */
class TopicsCommandTest {
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    broker = EmbeddedBroker.start(folder, 0);
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  private record Run(int code, List<String> lines, String errors) {}

  @Test
  void create_twice_createsThenFindsAllAsTheyShouldBe() {
    List<String> first = create(0, "twice").lines();
    List<String> second = create(0, "twice", "--check").lines();

    assertEquals(30, first.size());
    assertTrue(first.contains("created  twice.items"), first::toString);
    assertEquals(30, second.size());
    assertTrue(second.stream().allMatch(line -> line.startsWith("existing twice.")));
  }

  @Test
  void create_otherSettings_saysWhatDiffersAndAltersWhatIsSafe() {
    create(0, "other", "--set", "topics.partitions=1");
    String[] wanted = {
      "--set", "topics.partitions=2", "--set", "topics.retention.events=90d", "--check"
    };

    List<String> differing = create(1, "other", wanted).lines();
    List<String> altered = create(1, "other", and(wanted, "--alter")).lines();
    List<String> left = create(1, "other", and(wanted, "--alter")).lines();

    String retention = "other.interactions: retention.ms is -1, expected 7776000000";
    assertTrue(differing.contains("differs  " + retention + "; --alter changes it"));
    assertTrue(altered.contains("altered  " + retention), altered::toString);
    assertTrue(altered.contains("altered  other.prompts: partitions is 1, expected 2"));
    List<String> refused = left.stream().filter(line -> !line.startsWith("existing")).toList();
    assertEquals(7, refused.size(), refused::toString);
    assertTrue(
        refused.contains(
            "differs  other.interactions: partitions is 1, expected 2; not altered: records of one"
                + " key would move to another partition and lose their order"));
    create(0, "other", "--set", "topics.partitions=2");
  }

  @Test
  void create_json_namesEveryDifference() throws Exception {
    create(0, "json", "--set", "topics.partitions=2");
    Run run = create(0, "json", "--set", "topics.partitions=1", "--output", "json");

    JsonNode read = new ObjectMapper().readTree(String.join("\n", run.lines()));
    assertEquals(0, read.get("created").size());
    assertEquals(30, read.get("existing").size());
    assertEquals(12, read.get("differences").size());
    JsonNode first = read.get("differences").get(0);
    assertEquals("json.items", first.get("topic").asText());
    assertEquals("partitions", first.get("property").asText());
    assertEquals("2", first.get("actual").asText());
    assertEquals("1", first.get("expected").asText());
    assertEquals(false, first.get("altered").asBoolean());
    assertEquals("Kafka cannot remove partitions", first.get("obstacle").asText());
  }

  @Test
  void create_illegalNames_areRefusedInASentence() {
    assertTrue(create(1, "my films").errors().contains("catalogue is \"my films\", expected"));
    assertTrue(
        create(1, "films", "--set", "topics.prefix=staging")
            .errors()
            .contains("topic prefix is \"staging\", expected"));
  }

  /** Here because a broker runs. */
  @Test
  void simulate_days_saysWhatItSent() {
    create(0, "days");
    String[] simulate = {"simulate", "--days", "1", "--seconds-per-day", "1", "--events", "4"};
    List<String> lines = run(0, "days", simulate).lines();

    assertEquals(3, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("before: 1,000 films, "), lines.get(0));
    assertTrue(lines.get(1).startsWith("day 1 of 1: 20 films, "), lines.get(1));
    assertTrue(lines.get(2).startsWith("sent: 1,020 films, "), lines.get(2));
    assertTrue(lines.get(2).endsWith(", 0 interactions of spam"), lines.get(2));
  }

  private static String[] and(String[] options, String... more) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static Run create(int code, String catalogue, String... more) {
    return run(code, catalogue, and(new String[] {"topics", "create"}, more));
  }

  private static Run run(int code, String catalogue, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of(
            "--bootstrap-servers", broker.bootstrapServers(), "--set", "catalogue=" + catalogue));
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line =
        SidestreamCommand.commandLine(new PrintWriter(out, true), new PrintWriter(errors, true));
    Run run =
        new Run(
            line.execute(arguments.toArray(String[]::new)),
            out.toString().lines().toList(),
            errors.toString());
    assertEquals(code, run.code(), () -> run.lines() + run.errors());
    return run;
  }
}
