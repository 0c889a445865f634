package io.sidestream.experiments.baselines;

import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.evaluation.Ranker;
import io.sidestream.experiments.evaluation.Ranking;
import java.util.SplittableRandom;

/**
 * Items in any order: the wanted one is anywhere among those not excluded. Equal seeds and cases
 * give equal ranks.
 */
public record RandomRanker(int items, long seed) implements Ranker {
  @Override
  public Ranking rank(Case one) {
    int prompt =
        one.asked().fold(query -> query.text().hashCode(), history -> history.rows().hashCode());
    SplittableRandom random = new SplittableRandom(seed + 31L * prompt + one.wanted());
    return Ranking.ofItem(random.nextInt(items - one.excluded().size()));
  }

  /** The recall among the first k that a group's cases may expect. */
  public double expectedRecall(CaseGroup group, int k) {
    return group.cases().stream()
        .mapToDouble(one -> Math.min(1, (double) k / (items - one.excluded().size())))
        .average()
        .orElseThrow();
  }
}
