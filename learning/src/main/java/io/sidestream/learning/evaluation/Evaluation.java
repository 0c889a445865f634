package io.sidestream.learning.evaluation;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.generator.Task;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Metrics of a generation and of the baselines on test cases. */
public final class Evaluation {
  private final Corpus training;
  private final ItemRows rows;

  public Evaluation(Corpus training) {
    this.training = training;
    this.rows = new ItemRows(training.items());
  }

  /** Metrics of both tasks by their name in {@link Metrics}; only a count for one without cases. */
  public Map<String, Double> measure(CollectedCases test, Manifest.Ranking ranking) {
    Map<String, Double> metrics = new TreeMap<>();
    for (Task task : Task.values()) {
      measure(task, test, ranking)
          .forEach((name, value) -> metrics.put(Metrics.of(task, name), value));
    }
    return metrics;
  }

  private Map<String, Double> measure(Task task, CollectedCases all, Manifest.Ranking ranking) {
    CollectedCases test = all.of(task);
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put(Metrics.CASES, (double) test.cases().size());
    if (test.cases().isEmpty()) {
      return metrics;
    }
    int[] ranks = test.ranks(ranking);
    metrics.put(Metrics.ID_RECALL_AT_30, Metric.RECALL_AT_30.mean(test.idRanks()));
    metrics.put(Metrics.RECALL_AT_30, Metric.RECALL_AT_30.mean(ranks));
    metrics.put(Metrics.RECALL_AT_10, Metric.RECALL_AT_10.mean(ranks));
    metrics.put(Metrics.NDCG_AT_10, Metric.NDCG_AT_10.mean(ranks));
    metrics.put(Metrics.GENERATOR_AT_30, recallOf(RankingFeature.GENERATOR, test, ranking));
    metrics.put(Metrics.DENSE_AT_30, recallOf(RankingFeature.DENSE, test, ranking));
    List<EvaluationCase> cases = test.cases().stream().map(CollectedCase::one).toList();
    metrics.put(Metrics.POPULARITY_AT_30, popularityRecall(task, cases));
    metrics.put(Metrics.RANDOM_AT_30, RandomRanker.expectedRecall(rows.size(), cases, 30));
    int[] ofNewPairs =
        IntStream.range(0, ranks.length)
            .filter(i -> cases.get(i).exposure().newPair())
            .map(i -> ranks[i])
            .toArray();
    if (ofNewPairs.length > 0) {
      metrics.put(Metrics.NEW_PAIRS_AT_30, Metric.RECALL_AT_30.mean(ofNewPairs));
    }
    return metrics;
  }

  private static double recallOf(
      RankingFeature feature, CollectedCases test, Manifest.Ranking ranking) {
    return Metric.RECALL_AT_30.mean(test.ranks(ranking, weights -> weights.only(feature)));
  }

  private double popularityRecall(Task task, List<EvaluationCase> cases) {
    PopularityRanker popularity = PopularityRanker.of(training, rows, task);
    return Metric.RECALL_AT_30.mean(
        cases.stream().mapToInt(one -> popularity.rank(one).item()).toArray());
  }
}
