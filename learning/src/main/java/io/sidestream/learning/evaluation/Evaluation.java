package io.sidestream.learning.evaluation;

import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures a generation on test cases, beside what needs no model. */
public final class Evaluation {
  private static final RankingWeights DENSE_ALONE = new RankingWeights(0, 1, 0, 1);

  private final Baselines searches;
  private final Baselines recommendations;

  /**
   * @param interactions how often training saw each item interacted with, shape [row]
   * @param searches how often training saw each item chosen for a query, shape [row]
   */
  public Evaluation(ItemRows rows, float[] interactions, float[] searches) {
    this.recommendations = new Baselines(rows.ids(), interactions);
    this.searches = new Baselines(rows.ids(), searches);
  }

  /** Figures of both tasks by their name in {@link Metrics}; a task without cases has a zero. */
  public Map<String, Double> measure(
      CollectedCases test, RankingWeights search, RankingWeights recommendation) {
    Map<String, Double> metrics = new TreeMap<>();
    measure(metrics, Task.SEARCH, test, search, searches);
    measure(metrics, Task.RECOMMENDATION, test, recommendation, recommendations);
    return metrics;
  }

  private static void measure(
      Map<String, Double> metrics,
      Task task,
      CollectedCases test,
      RankingWeights weights,
      Baselines baselines) {
    List<CollectedCase> cases = test.of(task);
    metrics.put(Metrics.of(task, Metrics.CASES), (double) cases.size());
    if (cases.isEmpty()) {
      return;
    }
    RankMetrics ids = new RankMetrics();
    RankMetrics items = new RankMetrics();
    RankMetrics generator = new RankMetrics();
    RankMetrics dense = new RankMetrics();
    RankMetrics popularity = new RankMetrics();
    RankMetrics unmet = new RankMetrics();
    double chance = 0;
    RankingWeights generatorAlone = new RankingWeights(1, 0, 0, weights.temperature());
    for (CollectedCase one : cases) {
      int rank = one.rank(weights);
      ids.add(one.idRank());
      items.add(rank);
      generator.add(one.rank(generatorAlone));
      dense.add(one.rank(DENSE_ALONE));
      popularity.add(baselines.popularityRank(one.wanted(), one.excluded()));
      chance += baselines.chance(30, one.excluded());
      if (!one.met()) {
        unmet.add(rank);
      }
    }
    metrics.put(Metrics.of(task, Metrics.ID_RECALL_AT_30), ids.recallAt30());
    metrics.put(Metrics.of(task, Metrics.RECALL_AT_30), items.recallAt30());
    metrics.put(Metrics.of(task, Metrics.RECALL_AT_10), items.recallAt10());
    metrics.put(Metrics.of(task, Metrics.NDCG_AT_10), items.ndcgAt10());
    metrics.put(Metrics.of(task, Metrics.GENERATOR_AT_30), generator.recallAt30());
    metrics.put(Metrics.of(task, Metrics.DENSE_AT_30), dense.recallAt30());
    metrics.put(Metrics.of(task, Metrics.POPULARITY_AT_30), popularity.recallAt30());
    metrics.put(Metrics.of(task, Metrics.RANDOM_AT_30), chance / cases.size());
    if (task == Task.SEARCH && unmet.cases() > 0) {
      metrics.put(Metrics.of(task, Metrics.NEW_PAIRS_AT_30), unmet.recallAt30());
    }
  }
}
