package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.chaos.ChaosConfig;
import io.sidestream.chaos.ChaosReport;
import io.sidestream.chaos.ChaosRun;
import io.sidestream.chaos.process.JavaProgram;
import io.sidestream.chaos.schedule.Schedule;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * F1, F2, F3: a short run, of a seed that kills a broker, an index and ingest, and stops another.
 */
@EnabledIfSystemProperty(
    named = "chaos.run",
    matches = "true",
    disabledReason = "five processes under faults take minutes: mvn verify -Dchaos.run=true")
class ChaosRunTest {
  private static final long SEED = 64_861;
  private static final Duration LENGTH = Duration.ofSeconds(30);

  @TempDir Path work;

  @Tag("F1")
  @Tag("F2")
  @Tag("F3")
  @Test
  void run_oneSeed_everythingHolds() throws Exception {
    JavaProgram program =
        new JavaProgram(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SidestreamCommand.class.getName());
    ChaosReport report =
        ChaosRun.run(
                new ChaosConfig(SEED, 1, LENGTH, work, program),
                Clock.systemUTC(),
                System.out::println)
            .get(0);
    assertEquals(List.of(), report.problems());
    assertEquals(Schedule.draw(SEED, LENGTH), report.schedule());
    assertTrue(report.json().get("faults").get("tried").asInt() > 2, "some faults befell it");
    assertTrue(report.json().get("statuses").get("OK").asInt() > 0, "requests were answered");
  }
}
