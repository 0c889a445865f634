package io.sidestream.experiments.baselines;

import io.sidestream.learning.collaborative.ImplicitFeedback;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.evaluation.PopularityBucket;
import io.sidestream.learning.evaluation.TrainingExposure;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Small cases and user × item matrices. */
final class TinyCases {
  private static final TrainingExposure EXPOSURE =
      new TrainingExposure(PopularityBucket.TAIL, false, false, false);

  private TinyCases() {}

  static EvaluationCase search(String query, int relevant) {
    return new EvaluationCase(
        Optional.empty(), new EvaluationQuery.Query(query), relevant, Set.of(), EXPOSURE);
  }

  static EvaluationCase recommendation(List<Integer> history, int relevant) {
    return new EvaluationCase(
        Optional.empty(),
        new EvaluationQuery.History(history),
        relevant,
        new HashSet<>(history),
        EXPOSURE);
  }

  /** Ones and zeros, shape [user][row]. */
  static int[][] matrix(int users, int rows, long seed) {
    Random random = new Random(seed);
    int[][] matrix = new int[users][rows];
    for (int[] user : matrix) {
      for (int row = 0; row < rows; row++) {
        user[row] = random.nextInt(3) == 0 ? 1 : 0;
      }
    }
    return matrix;
  }

  static ImplicitFeedback feedback(int[][] matrix) {
    return ImplicitFeedback.of(
        matrix[0].length,
        Arrays.stream(matrix)
            .map(user -> IntStream.range(0, user.length).filter(r -> user[r] == 1).toArray())
            .toArray(int[][]::new));
  }
}
