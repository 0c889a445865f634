package io.sidestream.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sidestream.chaos.check.PairRecount;
import io.sidestream.chaos.check.Verdict;
import io.sidestream.chaos.schedule.Schedule;
import io.sidestream.chaos.schedule.ScheduledFault;
import io.sidestream.chaos.schedule.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChaosReportTest {
  private static final Schedule SCHEDULE = Schedule.draw(7, Duration.ofMinutes(1), Target.LOCAL);

  /** It said that everything held, with exit code 0. */
  @Test
  void isClean_allFaultsLeftOut_isNot() {
    ChaosReport report = report(Optional.of("could not be done: the engine does not answer"));
    assertFalse(report.isClean());
    assertEquals(List.of("no fault was tried, so that nothing is known"), report.problems());
  }

  @Test
  void isClean_faultsTriedAndAnswersAfterThem_is() {
    assertEquals(List.of(), report(Optional.empty()).problems());
  }

  private static ChaosReport report(Optional<String> leftOut) {
    List<FaultOutcome> outcomes =
        SCHEDULE.steps().stream().map(step -> outcome(step, leftOut)).toList();
    return new ChaosReport(
        SCHEDULE,
        outcomes,
        new Verdict(5, 5, 5, Map.of("OK", 5L), 0, 0, 5, Map.of()),
        outcomes.stream().map(FaultOutcome::endedMillis).sorted().toList(),
        List.of(),
        new PairRecount.Outcome(5, 4, 4, 0, 0, 3, 0, 2, 0),
        List.of(),
        List.of());
  }

  private static FaultOutcome outcome(ScheduledFault step, Optional<String> leftOut) {
    return new FaultOutcome(step, step.at().toMillis(), step.end().toMillis(), leftOut);
  }
}
