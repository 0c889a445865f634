package io.sidestream.learning.evaluation;

import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import io.sidestream.model.ranking.Candidates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Tunes the weights of the ranking features on validation cases. */
public final class WeightTuning {
  /*
   * A grid, because there are few weights and a case costs a few microseconds: the generator's
   * weight is 1 or, for dense vectors only, 0; the others are in proportion to it. The objective is
   * recall@30 plus NDCG@10: recall is the goal, and NDCG distinguishes weights of equal recall.
   * Ties go to the first of the grid, which begins with the defaults.
   *
   * The query log is a feature of searches only, and is tried only where a candidate has it: the
   * grid is six times as large.
   *
   * The cold-item boost is not tuned so: validation by past events contains few cold items. It is
   * the largest that costs all cases together at most a hundredth of recall, where validation has
   * cold candidates at all.
   */
  private static final double[] DENSE = {0, 2, 5, 10, 20, 40};
  private static final double[] POPULARITY = {0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6};
  private static final double[] TEMPERATURE = {0.02, 0.05, 0.15};

  private static final double[] QUERY_LOG = {0, 2, 5, 10, 20, 40};
  private static final double[] WITHOUT_QUERY_LOG = {0};

  private static final double[] COLD_ITEM_BOOST = {0.1, 0.08, 0.06, 0.04, 0.02};
  private static final double MAX_LOSS = 0.01;

  /** With fewer validation cases the choice would be random: the defaults stay. */
  static final int MIN_CASES = 20;

  private WeightTuning() {}

  /**
   * Weights to collect candidates for tuning: cold items are among them, and for a search those of
   * the query log.
   */
  public static RankingWeights collecting(Task task) {
    RankingWeights cold = RankingWeights.DEFAULT.withColdItemBoost(COLD_ITEM_BOOST[0]);
    return task == Task.SEARCH ? cold.withQueryLog(QUERY_LOG[1]) : cold;
  }

  /** The best weights for a task on these validation cases. */
  public static RankingWeights tune(CollectedCases validation, Task task) {
    List<CollectedCase> cases = validation.of(task).cases();
    if (cases.size() < MIN_CASES) {
      return RankingWeights.DEFAULT;
    }
    List<Features> features = cases.parallelStream().map(Features::of).toList();
    boolean queryLog = task == Task.SEARCH && features.stream().anyMatch(Features::hasQueryLog);
    List<RankingWeights> grid = grid(queryLog);
    List<Double> values = grid.parallelStream().map(weights -> value(features, weights)).toList();
    int best = 0;
    for (int i = 1; i < grid.size(); i++) {
      best = values.get(i) > values.get(best) ? i : best;
    }
    return withColdItemBoost(grid.get(best), features);
  }

  private static RankingWeights withColdItemBoost(RankingWeights best, List<Features> features) {
    if (features.stream().noneMatch(Features::hasCold)) {
      return best;
    }
    double least = Metric.RECALL_AT_30.mean(ranks(features, best)) - MAX_LOSS;
    for (double boost : COLD_ITEM_BOOST) {
      RankingWeights boosted = best.withColdItemBoost(boost);
      if (Metric.RECALL_AT_30.mean(ranks(features, boosted)) >= least) {
        return boosted;
      }
    }
    return best;
  }

  static List<RankingWeights> grid(boolean queryLog) {
    List<RankingWeights> grid = new ArrayList<>();
    grid.add(RankingWeights.DEFAULT);
    for (double weight : queryLog ? QUERY_LOG : WITHOUT_QUERY_LOG) {
      withoutQueryLog().forEach(weights -> grid.add(weights.withQueryLog(weight)));
    }
    return grid;
  }

  private static List<RankingWeights> withoutQueryLog() {
    List<RankingWeights> grid = new ArrayList<>();
    for (double popularity : POPULARITY) {
      for (double dense : DENSE) {
        for (double temperature : TEMPERATURE) {
          grid.add(new RankingWeights(1, dense, popularity, temperature));
        }
      }
      grid.add(new RankingWeights(0, 10, popularity, RankingWeights.DEFAULT.temperature()));
    }
    return grid;
  }

  private static double value(List<Features> cases, RankingWeights weights) {
    int[] ranks = ranks(cases, weights);
    return Metric.RECALL_AT_30.mean(ranks) + Metric.NDCG_AT_10.mean(ranks);
  }

  private static int[] ranks(List<Features> cases, RankingWeights weights) {
    return cases.stream().mapToInt(one -> one.rank(weights)).toArray();
  }

  /**
   * The ranking features of a case, computed once so that a point of the grid costs no exponential.
   * Arrays are not copied: thousands of points of the grid read them.
   *
   * @param generator log p(ID) + log p(item | ID) for each temperature, shape [temperature][i]
   * @param cosine shape [i]
   * @param popularity shape [i]
   * @param queryLog shape [i]
   * @param cold 1 for cold items, else 0; shape [i]
   */
  private record Features(
      CollectedCase one,
      double[][] generator,
      double[] cosine,
      double[] popularity,
      double[] queryLog,
      double[] cold) {
    static Features of(CollectedCase one) {
      Candidates candidates = one.candidates();
      int size = candidates.size();
      return new Features(
          one,
          Arrays.stream(TEMPERATURE)
              .mapToObj(t -> candidates.scores(new RankingWeights(1, 0, 0, t)))
              .toArray(double[][]::new),
          IntStream.range(0, size).mapToDouble(candidates::cosine).toArray(),
          IntStream.range(0, size).mapToDouble(candidates::logPopularity).toArray(),
          IntStream.range(0, size).mapToDouble(candidates::queryLogScore).toArray(),
          IntStream.range(0, size).mapToDouble(i -> candidates.isCold(i) ? 1 : 0).toArray());
    }

    boolean hasCold() {
      return Arrays.stream(cold).anyMatch(one -> one > 0);
    }

    boolean hasQueryLog() {
      return Arrays.stream(queryLog).anyMatch(one -> one > 0);
    }

    int rank(RankingWeights weights) {
      if (one.place() == CollectedCase.NOWHERE) {
        return Ranking.MISSING;
      }
      double[] byGenerator = generator[Arrays.binarySearch(TEMPERATURE, weights.temperature())];
      double[] scores = new double[cosine.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] =
            weights.generator() * byGenerator[i]
                + weights.dense() * (cosine[i] + weights.coldItemBoost() * cold[i])
                + weights.popularity() * popularity[i]
                + weights.queryLog() * queryLog[i];
      }
      return one.rank(scores);
    }
  }
}
