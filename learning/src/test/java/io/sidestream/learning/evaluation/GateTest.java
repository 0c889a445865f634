package io.sidestream.learning.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Gate GATE = new Gate(new GateSettings(0.1, 0.05, 0.03, 1.5, 20));

  @Test
  void judge_bothTasksHold_accepts() {
    Verdict verdict = GATE.decide(metrics(0.3, 0.2, 100), Optional.empty());
    assertTrue(verdict.accepted());
    assertEquals(
        "search recall@30 is 0.300 (popularity 0.000); "
            + "recommendation recall@30 is 0.200 (popularity 0.000)",
        verdict.reason());
  }

  @Test
  void judge_belowTheFloor_rejects() {
    Verdict verdict = GATE.decide(metrics(0.09, 0.2, 100), Optional.empty());
    assertFalse(verdict.accepted());
    assertEquals("search recall@30 is 0.090, expected 0.100 or more", verdict.reason());
  }

  @Test
  void judge_taskNearRandom_isNamedCollapse() {
    Verdict verdict = GATE.decide(metrics(0.3, 0.04, 100), Optional.empty());
    assertFalse(verdict.accepted());
    assertEquals(
        "task collapse: recommendation recall@30 is 0.040, random items reach 0.030",
        verdict.reason());
  }

  @Test
  void judge_searchNearRandom_isNamedCollapse() {
    Verdict verdict = GATE.decide(metrics(0.044, 0.2, 100), Optional.empty());
    assertFalse(verdict.accepted());
    assertEquals(
        "task collapse: search recall@30 is 0.044, random items reach 0.030", verdict.reason());
  }

  @Test
  void judge_codesThatDoNotTellItemsApart_isNamedCollapse() {
    Map<String, Double> metrics = new TreeMap<>(metrics(0.3, 0.2, 100));
    metrics.put(Metrics.ENCODED_PERPLEXITY, Gate.MIN_CODES);
    metrics.put(Metrics.ENCODED_IDS, Gate.MIN_CODES);
    assertTrue(GATE.decide(metrics, Optional.empty()).accepted());

    metrics.put(Metrics.ENCODED_PERPLEXITY, 0.099);
    assertEquals(
        "codebook collapse: items get 0.099 of the first codes that they could, expected 0.100 or"
            + " more",
        GATE.decide(metrics, Optional.empty()).reason());
    metrics.put(Metrics.ENCODED_PERPLEXITY, 1.0);
    metrics.put(Metrics.ENCODED_IDS, 0.004);
    Verdict verdict = GATE.decide(metrics, Optional.empty());
    assertFalse(verdict.accepted());
    assertEquals(
        "codebook collapse: items get 0.004 of the IDs that they could, expected 0.100 or more",
        verdict.reason());
  }

  @Test
  void judge_worseThanLiveByMoreThanTheMargin_rejects() {
    Optional<GenerationAnnouncement> live = Optional.of(live(0.5, 0.2));
    assertTrue(GATE.decide(metrics(0.471, 0.171, 100), live).accepted());
    Verdict verdict = GATE.decide(metrics(0.46, 0.2, 100), live);
    assertEquals(
        "search recall@30 is 0.460, generation 3 reached 0.500 and 0.030 less is allowed",
        verdict.reason());
  }

  /** A fashion broke: the live one's recall of last week is out of reach for any generation. */
  @Test
  void judge_liveIsMeasuredOnTheSameCases_itsFormerRecallDoesNotCount() {
    Map<String, Double> metrics = new TreeMap<>(metrics(0.4, 0.2, 100));
    metrics.put("search.live_recall@30", 0.43);
    metrics.put("recommendation.live_recall@30", 0.1);
    assertTrue(GATE.decide(metrics, Optional.of(live(0.6, 0.5))).accepted());
    metrics.put("search.live_recall@30", 0.44);
    assertEquals(
        "search recall@30 is 0.400, generation 3 reaches 0.440 and 0.030 less is allowed",
        GATE.decide(metrics, Optional.of(live(0.1, 0.1))).reason());
  }

  @Test
  void judge_taskWithFewCases_isNotJudged() {
    Verdict verdict = GATE.decide(metrics(0, 0, 19), Optional.of(live(0.5, 0.2)));
    assertTrue(verdict.accepted());
    assertTrue(verdict.reason().startsWith("search is not evaluated: 19 test events"));
  }

  @Test
  void judge_liveHadFewCases_isNotComparedWithIt() {
    Map<String, Double> lucky = new TreeMap<>(metrics(1, 1, 3));
    lucky.putAll(GATE.gated(lucky));
    lucky.keySet().removeIf(name -> name.endsWith(".cases")); // as an announcement carries them
    Optional<GenerationAnnouncement> live = Optional.of(live(lucky));
    assertTrue(GATE.decide(metrics(0.3, 0.2, 100), live).accepted());
  }

  @Test
  void gated_casesAtTheLimit_is1() {
    Map<String, Double> gated = Map.of("search.gated", 1.0, "recommendation.gated", 1.0);
    assertEquals(gated, GATE.gated(metrics(0.3, 0.2, 20)));
    assertEquals(0.0, GATE.gated(metrics(0.3, 0.2, 19)).get("search.gated"));
  }

  @Test
  void judge_tinyCatalogue_cannotCollapse() {
    Map<String, Double> metrics =
        Map.of(
            "search.recall@30",
            1.0,
            "search.random@30",
            1.0,
            "search.cases",
            50.0,
            "recommendation.recall@30",
            1.0,
            "recommendation.random@30",
            1.0,
            "recommendation.cases",
            50.0);
    assertTrue(GATE.decide(metrics, Optional.empty()).accepted());
  }

  private static Map<String, Double> metrics(double search, double recommendation, double cases) {
    return Map.of(
        "search.recall@30", search,
        "search.random@30", 0.03,
        "search.cases", cases,
        "recommendation.recall@30", recommendation,
        "recommendation.random@30", 0.03,
        "recommendation.cases", cases);
  }

  private static GenerationAnnouncement live(double search, double recommendation) {
    return live(Map.of("search.recall@30", search, "recommendation.recall@30", recommendation));
  }

  private static GenerationAnnouncement live(Map<String, Double> metrics) {
    return new GenerationAnnouncement(
        new Generation(3),
        GenerationState.LIVE,
        "",
        "0".repeat(64),
        Optional.empty(),
        new CorpusOffsets(Map.of()),
        metrics,
        Instant.EPOCH);
  }
}
