package io.sidestream.learning.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Task;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.TestCandidates;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of 60 warm items, by cosine .60, .59, .58, ..., and behind them three cold ones. */
class ColdItemTuningTest {
  private static final int WARM = 60;
  private static final int COLD = 3;
  private static final int CASES = 40;
  private static final double TOLERANCE = 1e-9;
  private static final RankingWeights TUNED = new RankingWeights(0, 10, 0.5, 0.05);
  private static final CollectedCases NONE = new CollectedCases(List.of());
  private static final Catalogue CATALOGUE = catalogue();

  @Test
  void tune_helpThatCostsNothing_isTheLeastThatFindsTheColdItem() {
    RankingWeights helped = tune(warm(0), cold(0.15f, 0));
    double boost = helped.of(RankingFeature.COLD);
    // Rank 29 has cosine .31: 1.6 more than the cold item.
    assertTrue(boost > 1.6 && boost <= 1.6 + unit(warm(0)) / 50, "boost " + boost);
    assertEquals(0, helped.of(RankingFeature.PREDICTED_POPULARITY), TOLERANCE);
  }

  @Test
  void tune_helpThatCostsWarmRecall_isNotGiven() {
    assertEquals(TUNED, tune(warm(29), cold(0.15f, 0)));
  }

  @Test
  void tune_predictedPopularityThatTellsColdItemsApart_getsAWeight() {
    RankingWeights helped = tune(warm(29), cold(0.15f, 4));
    // The boost alone would raise the other two cold items as well, before rank 29.
    assertEquals(0.1 * unit(warm(29)), helped.of(RankingFeature.PREDICTED_POPULARITY), TOLERANCE);
    assertTrue(Arrays.stream(ranks(cold(0.15f, 4), helped)).allMatch(rank -> rank < 30));
    assertTrue(Arrays.stream(ranks(warm(29), helped)).allMatch(rank -> rank < 30));
  }

  @Test
  void tune_noWithheldItems_isTheLargestBoostThatValidationAllows() {
    RankingWeights allowed = ColdItemTuning.tune(TUNED, warm(0), NONE, NONE, Task.RECOMMENDATION);
    assertEquals(1, allowed.of(RankingFeature.COLD), TOLERANCE);
    assertEquals(TUNED, ColdItemTuning.tune(TUNED, NONE, NONE, NONE, Task.RECOMMENDATION));
  }

  private static RankingWeights tune(CollectedCases warm, CollectedCases cold) {
    return ColdItemTuning.tune(TUNED, warm, warm, cold, Task.RECOMMENDATION);
  }

  private static double unit(CollectedCases cases) {
    return CaseFeatures.spread(CaseFeatures.of(cases.cases(), TUNED.temperature()), TUNED);
  }

  private static int[] ranks(CollectedCases cases, RankingWeights weights) {
    return cases.ranks(weights);
  }

  /** Cases whose relevant item is at a rank among the warm ones; cold items are all near. */
  private static CollectedCases warm(int rank) {
    return cases(rank, new float[] {0.15f, 0.15f, 0.15f}, new float[COLD]);
  }

  /** Cases whose relevant item is the first cold one. */
  private static CollectedCases cold(float cosine, float predicted) {
    return cases(WARM, new float[] {cosine, 0, 0}, new float[] {predicted, 0, 0});
  }

  private static CollectedCases cases(int relevant, float[] cosines, float[] predicted) {
    float[] dense = new float[WARM + COLD];
    float[] popularity = new float[WARM + COLD];
    float[] ofCold = new float[WARM + COLD];
    for (int row = 0; row < WARM; row++) {
      dense[row] = 0.6f - 0.01f * row;
    }
    for (int i = 0; i < COLD; i++) {
      dense[WARM + i] = cosines[i];
      popularity[WARM + i] = predicted[i];
      ofCold[WARM + i] = 1;
    }
    Map<RankingFeature, float[]> features =
        Map.of(
            RankingFeature.DENSE, dense,
            RankingFeature.PREDICTED_POPULARITY, popularity,
            RankingFeature.COLD, ofCold);
    TrainingExposure exposure =
        new TrainingExposure(PopularityBucket.TAIL, false, false, relevant >= WARM);
    EvaluationCase one =
        new EvaluationCase(
            Optional.empty(),
            new EvaluationQuery.History(List.of(WARM - 1)),
            relevant,
            Set.of(),
            exposure);
    CollectedCase collected =
        CollectedCase.of(one, TestCandidates.of(CATALOGUE, features), item(relevant));
    return new CollectedCases(Collections.nCopies(CASES, collected));
  }

  private static Catalogue catalogue() {
    int items = WARM + COLD;
    float[] interactions = new float[items];
    Arrays.fill(interactions, 0, WARM, 1);
    float[][] vectors = new float[items][1];
    Arrays.setAll(vectors, row -> new float[] {1});
    return Catalogue.of(
        new Generation(1),
        new CodebookShape(1, 2),
        new Assignments(
            IntStream.range(0, items).mapToObj(ColdItemTuningTest::item).toList(),
            new int[items][1],
            vectors,
            new float[items][1],
            interactions,
            new float[items]));
  }

  private static ItemId item(int row) {
    return new ItemId(String.format(Locale.ROOT, "item-%03d", row));
  }
}
