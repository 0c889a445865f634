package io.sidestream.learning.evaluation;

import java.util.List;
import java.util.SplittableRandom;

/** Baseline: items in random order. Equal seeds and cases give equal ranks. */
public record RandomRanker(int items, long seed) implements Ranker {
  @Override
  public Ranking rank(EvaluationCase one) {
    int prompt =
        one.query().fold(query -> query.text().hashCode(), history -> history.rows().hashCode());
    SplittableRandom random = new SplittableRandom(seed + 31L * prompt + one.relevant());
    return Ranking.ofItem(random.nextInt(items - one.excluded().size()));
  }

  /** The expected recall among the first k of a random order of the items. */
  public static double expectedRecall(int items, List<EvaluationCase> cases, int k) {
    double sum = 0;
    for (EvaluationCase one : cases) {
      sum += Math.min(1, (double) k / (items - one.excluded().size()));
    }
    return sum / cases.size();
  }
}
