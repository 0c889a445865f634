package io.sidestream.experiments.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.evaluation.PopularityBucket;
import io.sidestream.learning.evaluation.Ranking;
import io.sidestream.learning.evaluation.TrainingExposure;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Beam;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TaskCatalogueTest {
  private static final CodebookShape SHAPE = new CodebookShape(2, 4);

  /** Rows 0 and 1 share an ID, of which row 1 is the popular one. */
  private static final int[][] CODES = {{0, 0}, {0, 0}, {0, 1}, {3, 2}};

  private static final float[] COUNTS = {0, 3, 0, 7};
  private static final TaskCatalogue CATALOGUE = TaskCatalogue.of(SHAPE, CODES, COUNTS);

  @Test
  void of_itemsOfOneId_sharesItsProbabilityByPopularity() {
    assertEquals(Math.log(0.2), CATALOGUE.logShare()[0], 1e-12);
    assertEquals(Math.log(0.8), CATALOGUE.logShare()[1], 1e-12);
    assertEquals(0, CATALOGUE.logShare()[2], 1e-12);
  }

  @Test
  void rank_aSharedId_ranksTheItemBehindOnesOfLessLikelyIds() {
    List<Beam> beams = beams(0, -1, 2, -2);
    assertEquals(Ranking.of(0, 0), CATALOGUE.rank(beams, wanted(1)));
    assertEquals(Ranking.of(2, 0), CATALOGUE.rank(beams, wanted(0)));
    assertEquals(Ranking.of(1, 1), CATALOGUE.rank(beams, wanted(2)));
  }

  @Test
  void rank_anIdThatWasNotWritten_isMissing() {
    assertEquals(
        Ranking.of(Ranking.MISSING, Ranking.MISSING), CATALOGUE.rank(beams(0, -1), wanted(3)));
  }

  @Test
  void rank_excludedItems_doNotCount() {
    List<Beam> beams = beams(0, -1, 2, -2);
    assertEquals(Ranking.of(0, 1), CATALOGUE.rank(beams, wanted(2, 1)));
  }

  @Test
  void rank_anyIds_agreesWithSortingAllItems() {
    long seed = 17;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      int[][] codes = new int[12][];
      float[] counts = new float[12];
      for (int row = 0; row < codes.length; row++) {
        codes[row] = new int[] {random.nextInt(3), random.nextInt(2)};
        counts[row] = random.nextInt(3);
      }
      TaskCatalogue catalogue = TaskCatalogue.of(SHAPE, codes, counts);
      List<Beam> beams = new ArrayList<>();
      for (int leaf = 0; leaf < catalogue.trie().size(); leaf += 1 + random.nextInt(2)) {
        beams.add(new Beam(leaf, -random.nextInt(3)));
      }
      EvaluationCase one = wanted(random.nextInt(6), 6 + random.nextInt(6));
      assertEquals(naive(beams, one, catalogue), catalogue.rank(beams, one).item());
    }
  }

  private static int naive(List<Beam> beams, EvaluationCase one, TaskCatalogue catalogue) {
    record Scored(int row, double score) {}
    List<Scored> all = new ArrayList<>();
    for (Beam beam : beams) {
      for (int row : catalogue.rows()[beam.leaf()]) {
        if (!one.excluded().contains(row)) {
          all.add(new Scored(row, beam.logProbability() + catalogue.logShare()[row]));
        }
      }
    }
    all.sort(Comparator.comparingDouble((Scored s) -> -s.score()).thenComparingInt(Scored::row));
    int at = all.stream().map(Scored::row).toList().indexOf(one.relevant());
    return at < 0 ? Ranking.MISSING : at;
  }

  private static List<Beam> beams(double... rowsAndLogProbabilities) {
    List<Beam> beams = new ArrayList<>();
    for (int i = 0; i < rowsAndLogProbabilities.length; i += 2) {
      int leaf = CATALOGUE.leafOf()[(int) rowsAndLogProbabilities[i]];
      beams.add(new Beam(leaf, rowsAndLogProbabilities[i + 1]));
    }
    return beams;
  }

  private static EvaluationCase wanted(int row, Integer... excluded) {
    return new EvaluationCase(
        Optional.empty(),
        new EvaluationQuery.Query("words"),
        row,
        Set.of(excluded),
        new TrainingExposure(PopularityBucket.TAIL, false, false, false));
  }
}
