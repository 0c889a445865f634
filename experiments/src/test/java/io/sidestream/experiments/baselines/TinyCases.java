package io.sidestream.experiments.baselines;

import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.data.EvaluationQuery;
import io.sidestream.experiments.data.PopularityBucket;
import io.sidestream.experiments.data.TrainingExposure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Cases and meetings made by hand. */
final class TinyCases {
  private static final TrainingExposure STANDING =
      new TrainingExposure(PopularityBucket.TAIL, false, false, false);

  private TinyCases() {}

  static Case search(String query, int wanted) {
    return new Case(new EvaluationQuery.Query(query), wanted, Set.of(), STANDING);
  }

  static Case recommendation(List<Integer> history, int wanted) {
    return new Case(new EvaluationQuery.History(history), wanted, new HashSet<>(history), STANDING);
  }

  /** Ones and zeros, shape [person][row]. */
  static int[][] matrix(int people, int rows, long seed) {
    Random random = new Random(seed);
    int[][] matrix = new int[people][rows];
    for (int[] person : matrix) {
      for (int row = 0; row < rows; row++) {
        person[row] = random.nextInt(3) == 0 ? 1 : 0;
      }
    }
    return matrix;
  }

  static InteractionMatrix meetings(int[][] matrix) {
    List<int[]> met = new ArrayList<>();
    for (int[] person : matrix) {
      met.add(IntStream.range(0, person.length).filter(r -> person[r] == 1).toArray());
    }
    return InteractionMatrix.of(matrix[0].length, met);
  }
}
