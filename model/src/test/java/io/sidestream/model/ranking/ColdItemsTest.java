package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.PopularityPrediction;
import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Transition;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ColdItemsTest {
  private static final ItemId COLD = new ItemId("cold");
  private static final ItemId MET = new ItemId("met");

  /** As many millionths as an event adds whose user met twenty items before. */
  private static final long EVENT =
      LongStream.rangeClosed(1, Transition.MAX_LAG).map(lag -> Transition.weight((int) lag)).sum();

  private static final Catalogue CATALOGUE =
      Catalogue.of(
          new Generation(1),
          new CodebookShape(1, 2),
          2,
          new Assignments(
              List.of(COLD, MET),
              new int[][] {{0}, {1}},
              new float[][] {{1, 0}, {0, 1}},
              new float[2][1],
              new float[] {0, 7},
              new float[2]),
          new PopularityPrediction(new float[] {3, 9, 0}, new float[] {2, 9, 0}));

  @Test
  void add_itemWithoutEvents_isHelpedInFull() {
    Map<RankingFeature, float[]> features = features(Task.RECOMMENDATION, 0);
    assertFeature(0, Math.log1p(7), features, RankingFeature.POPULARITY);
    assertFeature(3, 0, features, RankingFeature.PREDICTED_POPULARITY);
    assertFeature(1, 0, features, RankingFeature.COLD);
  }

  @Test
  void add_eventsSinceTheTraining_letHelpFade_andCountThemselves() {
    for (int events : new int[] {1, 3, 99}) {
      Map<RankingFeature, float[]> features = features(Task.RECOMMENDATION, events);
      assertFeature(Math.log1p(events), Math.log1p(7), features, RankingFeature.POPULARITY);
      assertFeature(3.0 / (1 + events), 0, features, RankingFeature.PREDICTED_POPULARITY);
      assertFeature(0.5 / (1 + events), 0, features, RankingFeature.COLD_DENSE);
      assertFeature(1.0 / (1 + events), 0, features, RankingFeature.COLD);
    }
  }

  @Test
  void add_searches_areHelpedWhateverTheInteractions() {
    Map<RankingFeature, float[]> features = features(Task.SEARCH, 5);
    assertFeature(0, 0, features, RankingFeature.POPULARITY);
    assertFeature(2, 0, features, RankingFeature.PREDICTED_POPULARITY);
    assertFeature(1, 0, features, RankingFeature.COLD);
  }

  @Test
  void events_oneByAUserOfFewItems_isLessThanOne() {
    assertEquals(1, ColdItems.events(EVENT), 1e-9);
    double little = ColdItems.events(Transition.ONE);
    assertTrue(little > 0 && little < 1);
  }

  private static Map<RankingFeature, float[]> features(Task task, int events) {
    Neighbours neighbours =
        Neighbours.of(
            Map.of(
                COLD, new ItemNeighbours(0, events * EVENT, List.of()),
                MET, new ItemNeighbours(0, 5 * EVENT, List.of())));
    Map<RankingFeature, float[]> features = new EnumMap<>(RankingFeature.class);
    features.put(RankingFeature.DENSE, new float[] {0.5f, 0.7f});
    int[] rows = {CATALOGUE.row(COLD).orElseThrow(), CATALOGUE.row(MET).orElseThrow()};
    ColdItems.add(features, rows, task, CATALOGUE, neighbours);
    return features;
  }

  private static void assertFeature(
      double ofCold, double ofMet, Map<RankingFeature, float[]> features, RankingFeature feature) {
    assertArrayEquals(
        new float[] {(float) ofCold, (float) ofMet}, features.get(feature), 1e-6f, feature.label());
  }
}
