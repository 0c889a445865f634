package io.sidestream.experiments.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingAblationTest {
  private static final RankingWeights TUNED = weights(1, 10, 0.4, 0.02, 20);

  @Test
  void of_tuned_leavesOutWhatItsNameSays() {
    Map<String, RankingWeights> parts = of(TUNED);
    assertEquals(TUNED, parts.get(RankingAblation.FULL));
    assertPart(parts, RankingAblation.WITHOUT_GENERATOR, 0, 10, 0.4, 0.02, 20);
    assertPart(parts, RankingAblation.WITHOUT_VECTORS, 1, 0, 0.4, 0.02, 20);
    assertPart(parts, RankingAblation.WITHOUT_SEQUENCES, 0, 10, 0.4, 0.02, 20);
    assertPart(parts, RankingAblation.WITHOUT_POPULARITY, 1, 10, 0, 0.02, 20);
    assertPart(parts, RankingAblation.WITHOUT_QUERY_LOG, 1, 10, 0.4, 0.02, 0);
    assertPart(parts, RankingAblation.WITHOUT_COLD_HELP, 1, 10, 0.4, 0, 20);
    RankingWeights predicting = TUNED.with(RankingFeature.PREDICTED_POPULARITY, 0.4);
    Map<String, RankingWeights> withPrediction = of(predicting);
    assertEquals(TUNED, withPrediction.get(RankingAblation.WITHOUT_PREDICTION));
    assertPart(withPrediction, RankingAblation.WITHOUT_COLD_HELP, 1, 10, 0.4, 0, 20);
    assertPart(parts, RankingAblation.GENERATOR, 1, 0, 0, 0, 0);
    assertPart(parts, RankingAblation.VECTORS, 0, 1, 0, 0, 0);
    assertPart(parts, RankingAblation.QUERY_LOG, 0, 0, 0, 0, 1);
    assertEquals(0, parts.get(RankingAblation.WITHOUT_TRANSITIONS).of(RankingFeature.TRANSITIONS));
    assertEquals(TUNED.only(RankingFeature.TRANSITIONS), parts.get(RankingAblation.TRANSITIONS));
    RankingWeights clicked = TUNED.with(RankingFeature.QUERY_CLICKS, 7);
    Map<String, RankingWeights> withClicks = of(clicked);
    assertEquals(TUNED, withClicks.get(RankingAblation.WITHOUT_QUERY_CLICKS));
    assertPart(withClicks, RankingAblation.WITHOUT_QUERY_LOG, 1, 10, 0.4, 0.02, 0);
    RankingWeights reading = TUNED.with(RankingFeature.WORDS, 7);
    Map<String, RankingWeights> withWords = of(reading);
    assertEquals(TUNED, withWords.get(RankingAblation.WITHOUT_WORDS));
    assertEquals(
        reading.only(RankingFeature.WORDS).with(RankingFeature.WORDS, 1),
        withWords.get(RankingAblation.WORDS));
    assertEquals(RankingAblation.ALL, List.copyOf(withWords.keySet()));
    assertEquals(16, parts.size());
  }

  private static Map<String, RankingWeights> of(RankingWeights tuned) {
    Map<String, RankingWeights> parts = new LinkedHashMap<>();
    RankingAblation.CHANGES.forEach((name, change) -> parts.put(name, change.apply(tuned)));
    return parts;
  }

  private static void assertPart(
      Map<String, RankingWeights> parts,
      String name,
      double generator,
      double dense,
      double popularity,
      double fresh,
      double past) {
    assertEquals(weights(generator, dense, popularity, fresh, past), parts.get(name));
  }

  private static RankingWeights weights(
      double generator, double dense, double popularity, double fresh, double past) {
    return new RankingWeights(generator, dense, popularity, 0.05)
        .with(RankingFeature.QUERY_LOG, past)
        .with(RankingFeature.COLD, fresh);
  }
}
