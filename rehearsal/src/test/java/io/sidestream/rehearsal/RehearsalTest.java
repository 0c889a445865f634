package io.sidestream.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.datasets.sample.ChangingSample;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.rehearsal.RehearsalResult.Arm;
import io.sidestream.rehearsal.RehearsalResult.Tests;
import io.sidestream.trainer.watching.RollbackRule;
import io.sidestream.trainer.watching.TrialRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfSystemProperty(
    named = "long.run",
    matches = "true",
    disabledReason = "days with their trainings take a minute: mvn verify -Dlong.run=true")
class RehearsalTest {
  private static final Map<String, String> TINY =
      Map.ofEntries(
          Map.entry("trainer.test.users", "20"),
          Map.entry("trainer.validation.users", "20"),
          Map.entry("trainer.test.searches", "20"),
          Map.entry("trainer.validation.searches", "20"),
          Map.entry("trainer.text.max.tokens", "16"),
          Map.entry("trainer.encoder.dimensions", "16"),
          Map.entry("trainer.collaborative.dimensions", "8"),
          Map.entry("trainer.encoder.sampled.negatives", "20"),
          Map.entry("trainer.encoder.steps", "10"),
          Map.entry("trainer.refresh.encoder.steps", "5"),
          Map.entry("trainer.encoder.batch.size", "16"),
          Map.entry("trainer.codebook.width", "8"),
          Map.entry("trainer.generator.sequence.layers", "1"),
          Map.entry("trainer.generator.sequence.max.positions", "16"),
          Map.entry("trainer.generator.sequence.epochs", "1"),
          Map.entry("trainer.generator.sequence.max.steps", "5"),
          Map.entry("trainer.gate.search.min.recall", "0"),
          Map.entry("trainer.gate.recommendation.min.recall", "0"),
          Map.entry("trainer.gate.margin", "1"),
          Map.entry("trainer.gate.min.lift", "0"));

  @TempDir Path work;

  /** Two days, the second one with spam: trained, tried, decided, all answered. */
  @Test
  void run_twoDays_answersAllAndDecidesByItself() throws Exception {
    RehearsalSettings week = RehearsalSettings.week(3, 60, 20, 160, TINY);
    RehearsalSettings settings =
        new RehearsalSettings(
            3,
            new ChangingSample.Plan(new SampleSize(60, 20, 4, 300), 2, 2, 160, 1, 1, 2),
            week.training(),
            week.drift(),
            new TrialRule(Duration.ofHours(12), 100),
            new RollbackRule(Duration.ofDays(1), 100),
            Duration.ofHours(30));
    RehearsalResult result = rehearse(settings, "one");
    assertEquals(result, rehearse(settings, "other"), "equal seeds give equal days");
    assertEquals(0, result.failed());
    assertEquals(0, result.mixed());
    Tests search = result.all("search");
    Tests recommendation = result.all("recommendation");
    int tests = search.tests() + recommendation.tests();
    assertTrue(search.tests() > 50 && recommendation.tests() > 50, "tests " + tests);
    assertTrue(result.requests() >= tests && tests <= 320, result.requests() + " requests");
    for (Arm arm : Arm.values()) {
      assertTrue(search.recall(arm) > 0, arm + " finds nothing");
    }
    Tests firstDay = result.days().get(0).tasks().get("search");
    assertEquals(
        firstDay.hits().get(Arm.FROZEN),
        firstDay.hits().get(Arm.ORACLE),
        "the oracle was not trained yet");
    List<String> starts =
        result.trainings().stream()
            .filter(one -> one.arm() == Arm.SYSTEM)
            .map(RehearsalResult.Training::start)
            .toList();
    assertEquals("full: no generation is live", starts.get(0));
    assertTrue(starts.get(1).startsWith("refresh: 1 of at most 6 in a row"), starts.get(1));
    assertTrue(
        result.announced().stream().anyMatch(one -> one.why().startsWith("trainer: ")),
        "no trial was decided: " + result.announced());
    RehearsalReport report = new RehearsalReport(result);
    assertEquals(2, new ObjectMapper().readTree(report.json()).path("days").size());
    assertTrue(report.findings().meaning().contains("0 failed and 0 were mixed"));
    assertTrue(new String(report.json(), StandardCharsets.UTF_8).contains("\"ORACLE\""));
  }

  private RehearsalResult rehearse(RehearsalSettings settings, String directory)
      throws IOException, InterruptedException {
    try (Rehearsal rehearsal =
        new Rehearsal(settings, work.resolve(directory), () -> 0, TrainingProgress.NONE)) {
      return rehearsal.run();
    }
  }
}
