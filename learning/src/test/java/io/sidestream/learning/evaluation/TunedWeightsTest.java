package io.sidestream.learning.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.TestCandidates;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Short queries are found by the query log and misled by vectors, long ones the other way. */
class TunedWeightsTest {
  private static final int ITEMS = 80;
  private static final int RELEVANT = ITEMS - 1; // behind all others, where nothing tells it apart
  private static final String SHORT = "the seventh name of all these words"; // seven terms
  private static final String LONG = SHORT + " together";
  private static final Catalogue CATALOGUE = catalogue();

  @Test
  void tune_manyOfBothLengths_eachHasTheWeightsThatFindItsItems() {
    CollectedCases cases = cases(TunedWeights.MIN_CASES, TunedWeights.MIN_CASES);
    TunedWeights tuned = TunedWeights.tune(cases);
    Manifest.LongQueries ofLong = tuned.longQueries().orElseThrow();
    assertEquals(8, ofLong.terms());
    assertTrue(
        tuned.search().of(RankingFeature.QUERY_LOG) > tuned.search().of(RankingFeature.DENSE));
    assertTrue(
        ofLong.weights().of(RankingFeature.DENSE) > ofLong.weights().of(RankingFeature.QUERY_LOG));
    Manifest.Ranking ranking = ranking(tuned);
    assertTrue(Arrays.stream(cases.ranks(ranking)).allMatch(rank -> rank == 0));
    assertTrue(
        Arrays.stream(cases.ranks(ranking, weights -> weights.with(RankingFeature.DENSE, 0)))
            .skip(TunedWeights.MIN_CASES)
            .allMatch(rank -> rank > 0));
  }

  @Test
  void tune_fewOfALength_allHaveTheSameWeights() {
    for (int[] counts : new int[][] {{99, 300}, {300, 99}}) {
      TunedWeights tuned = TunedWeights.tune(cases(counts[0], counts[1]));
      assertEquals(Optional.empty(), tuned.longQueries());
      assertEquals(ranking(tuned).search(SHORT), ranking(tuned).search(LONG));
    }
  }

  @Test
  void withColdItemHelp_noColdCases_keepsBothLengths() {
    CollectedCases cases = cases(TunedWeights.MIN_CASES, TunedWeights.MIN_CASES);
    TunedWeights tuned = TunedWeights.tune(cases);
    CollectedCases none = new CollectedCases(List.of());
    assertEquals(tuned, tuned.withColdItemHelp(cases, none, none));
  }

  private static Manifest.Ranking ranking(TunedWeights tuned) {
    return new Manifest.Ranking(
        tuned.search(), tuned.longQueries(), RankingWeights.DEFAULT, 1, 1, 1);
  }

  private static CollectedCases cases(int ofShort, int ofLong) {
    List<CollectedCase> cases = new ArrayList<>();
    for (int i = 0; i < ofShort; i++) {
      cases.add(found(SHORT, RankingFeature.QUERY_LOG, RankingFeature.DENSE));
    }
    for (int i = 0; i < ofLong; i++) {
      cases.add(found(LONG, RankingFeature.DENSE, RankingFeature.QUERY_LOG));
    }
    return new CollectedCases(cases);
  }

  private static CollectedCase found(String query, RankingFeature by, RankingFeature misledBy) {
    float[] right = new float[ITEMS];
    float[] wrong = new float[ITEMS];
    Arrays.fill(wrong, 1);
    right[RELEVANT] = 1;
    wrong[RELEVANT] = 0;
    EvaluationCase one =
        new EvaluationCase(
            Optional.empty(),
            new EvaluationQuery.Query(query),
            RELEVANT,
            Set.of(),
            new TrainingExposure(PopularityBucket.TAIL, false, false, false));
    return CollectedCase.of(
        one, TestCandidates.of(CATALOGUE, Map.of(by, right, misledBy, wrong)), item(RELEVANT));
  }

  private static Catalogue catalogue() {
    float[][] vectors = new float[ITEMS][1];
    Arrays.setAll(vectors, row -> new float[] {1});
    return Catalogue.of(
        new Generation(1),
        new CodebookShape(1, 2),
        new Assignments(
            IntStream.range(0, ITEMS).mapToObj(TunedWeightsTest::item).toList(),
            new int[ITEMS][1],
            vectors,
            new float[ITEMS][1],
            new float[ITEMS],
            new float[ITEMS]));
  }

  private static ItemId item(int row) {
    return new ItemId(String.format(Locale.ROOT, "item-%03d", row));
  }
}
