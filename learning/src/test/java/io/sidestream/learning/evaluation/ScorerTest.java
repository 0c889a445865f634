package io.sidestream.learning.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScorerTest {
  @Test
  void rank_anyScores_isThePlaceAmongThoseNotExcluded() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      float[] scores = new float[20];
      Set<Integer> excluded = new HashSet<>();
      for (int row = 0; row < scores.length; row++) {
        scores[row] = random.nextInt(5);
        if (random.nextInt(4) == 0) {
          excluded.add(row);
        }
      }
      int wanted = random.nextInt(scores.length);
      excluded.remove(wanted);
      List<Integer> order =
          IntStream.range(0, scores.length)
              .filter(row -> !excluded.contains(row))
              .boxed()
              .sorted(Comparator.comparingDouble(row -> -scores[row]))
              .toList();

      assertEquals(order.indexOf(wanted), Scorer.rank(scores, wanting(wanted, excluded)));
    }
  }

  @Test
  void rank_notANumber_isRefused() {
    Scorer scorer = one -> new float[] {Float.NaN, 1};
    assertThrows(IllegalArgumentException.class, () -> scorer.rank(wanting(0, Set.of())));
  }

  private static EvaluationCase wanting(int row, Set<Integer> excluded) {
    return new EvaluationCase(
        Optional.empty(),
        new EvaluationQuery.Query("up"),
        row,
        excluded,
        new TrainingExposure(PopularityBucket.TAIL, false, false, false));
  }
}
