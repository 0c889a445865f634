package io.sidestream.ingest.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.KafkaFixture;
import io.sidestream.ingest.pairs.Events;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairJobOnAClusterTest {
  private static final String JAR = System.getProperty("jobs.jar");
  private static final WindowLimits LIMITS = new WindowLimits(5, Duration.ofDays(2));
  private static final Duration TIMEOUT = Duration.ofSeconds(120);
  private static final Pattern JOB = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Pattern SAVEPOINT = Pattern.compile("Path: (file:\\S+)");

  @TempDir Path directory;

  @Tag("F4")
  @Test
  void run_upgradedBySavepointAndTaskManagerKilled_totalsEqualTheNaiveReference() throws Exception {
    Events events = new Events(31, LIMITS);
    try (KafkaFixture kafka = KafkaFixture.start(directory);
        FlinkProcesses flink = FlinkProcesses.start(directory.resolve("flink"))) {
      events.send(kafka, 300);
      String first = match(JOB, flink.flink(run(kafka, List.of(), JAR)));
      awaitTotals(kafka, events, flink);
      events.send(kafka, 300);
      String savepoints = directory.resolve("savepoints").toUri().toString();
      String savepoint =
          match(SAVEPOINT, flink.flink("stop", "--savepointPath", savepoints, first));
      events.send(kafka, 300);
      Path jar = Files.copy(Path.of(JAR), directory.resolve("new.jar"));
      flink.flink(run(kafka, List.of("-s", savepoint), jar.toString()));
      awaitTotals(kafka, events, flink);
      flink.replaceTaskManager();
      events.send(kafka, 300);
      awaitTotals(kafka, events, flink);
    }
  }

  private static void awaitTotals(KafkaFixture kafka, Events events, FlinkProcesses flink)
      throws Exception {
    try {
      await().atMost(TIMEOUT).until(() -> Events.read(kafka), events.totals()::equals);
    } catch (ConditionTimeoutException e) {
      assertEquals(events.totals(), Events.read(kafka), flink.log());
    }
  }

  private String[] run(KafkaFixture kafka, List<String> options, String jar) {
    List<String> arguments = new ArrayList<>(List.of("run", "-d"));
    arguments.addAll(options);
    arguments.addAll(List.of(jar, "--job", "pairs"));
    settings(kafka).forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    return arguments.toArray(String[]::new);
  }

  private Map<String, String> settings(KafkaFixture kafka) {
    return Map.of(
        "kafka.bootstrap.servers",
        kafka.bootstrapServers(),
        "ingest.checkpoint.dir",
        directory.resolve("checkpoints").toString(),
        "ingest.checkpoint.interval",
        "1s",
        "ingest.parallelism",
        "2",
        "ingest.state.backend",
        "rocksdb",
        "ingest.transaction.timeout",
        "1m",
        "ingest.window.items",
        Integer.toString(LIMITS.items()),
        "ingest.window.age",
        LIMITS.age().toHours() + "h");
  }

  private static String match(Pattern pattern, String printed) {
    Matcher matcher = pattern.matcher(printed);
    if (!matcher.find()) {
      throw new AssertionError("flink printed no " + pattern + ": " + printed);
    }
    return matcher.group(1);
  }
}
