package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.chaos.ChaosReport;
import io.sidestream.chaos.ChaosRun;
import io.sidestream.chaos.ChaosSystem;
import io.sidestream.chaos.LocalSystem;
import io.sidestream.chaos.process.JavaProgram;
import io.sidestream.chaos.schedule.Fault;
import io.sidestream.chaos.schedule.Schedule;
import io.sidestream.chaos.schedule.ScheduledFault;
import io.sidestream.chaos.schedule.Target;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A short run, of a seed that kills a broker, an index and ingest, and two faults that are long.
 */
@EnabledIfSystemProperty(
    named = "chaos.run",
    matches = "true",
    disabledReason = "five processes under faults take minutes: mvn verify -Dchaos.run=true")
class ChaosRunTest {
  private static final long SEED = 64_861;
  private static final Duration LENGTH = Duration.ofSeconds(30);

  /** Seeds of a cut that ends the connections, and of one that lets nothing through. */
  private static final long RESET = 2;

  private static final long SILENT = 1;
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration STOPPED = Duration.ofSeconds(30);
  private static final Duration CUT_OFF = Duration.ofSeconds(60);

  @TempDir Path work;

  @Tag("F1")
  @Tag("F2")
  @Tag("F3")
  @Test
  void run_oneSeed_everythingHolds() throws Exception {
    Schedule drawn = Schedule.draw(SEED, LENGTH, Target.LOCAL);
    ChaosReport report = run(List.of(drawn)).get(0);
    assertEquals(List.of(), report.problems());
    assertEquals(drawn, report.schedule());
    assertTrue(report.json().get("faults").get("tried").asInt() > 2, "some faults befell it");
    assertTrue(report.json().get("statuses").get("OK").asInt() > 0, "requests were answered");
  }

  /**
   * One index is stopped, and goes on half a minute later: what it says then was said by the other.
   * Then both are cut off for a minute, one with its connections reset: requests wait, and those
   * whose deadline passes are dropped.
   */
  @Tag("F3")
  @Tag("F8")
  @Test
  void run_indexStoppedThenBothCutOff_everythingHolds() throws Exception {
    Schedule stopped =
        new Schedule(
            3,
            Duration.ofSeconds(45),
            List.of(new ScheduledFault(SOON, Fault.PAUSE, Target.INDEX_1, STOPPED, 0)));
    Schedule cutOff =
        new Schedule(
            8,
            Duration.ofSeconds(75),
            List.of(
                new ScheduledFault(SOON, Fault.CUT, Target.INDEX_1, CUT_OFF, RESET),
                new ScheduledFault(SOON, Fault.CUT, Target.INDEX_2, CUT_OFF, SILENT)));
    List<ChaosReport> reports = run(List.of(stopped, cutOff));
    for (ChaosReport report : reports) {
      assertEquals(List.of(), report.problems());
    }
    int longest = (int) STOPPED.dividedBy(2).toSeconds();
    double outage = reports.get(0).json().get("outage_seconds").get("most").asDouble();
    assertTrue(outage < longest, outage + " s without an answer of the other index");
    int expired = reports.get(1).json().get("expired").asInt();
    assertTrue(expired > 20, expired + " expired while no index had a way to the broker");
  }

  private List<ChaosReport> run(List<Schedule> schedules) throws Exception {
    JavaProgram program =
        new JavaProgram(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SidestreamCommand.class.getName());
    try (ChaosSystem system = LocalSystem.start(work, program, SEED)) {
      return ChaosRun.run(system, schedules, Clock.systemUTC(), System.out::println);
    }
  }
}
