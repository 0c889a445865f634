package io.sidestream.learning.evaluation;

import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import io.sidestream.model.ranking.Candidates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses how much each sign counts when items are ranked, by what ranks validation events best.
 */
public final class WeightTuning {
  /*
   * A grid, because there are few numbers and a case costs a few microseconds: the generator's weight is 1 or, for the
   * exact vectors alone, 0; the others are in proportion to it. What is maximized is recall@30 plus NDCG@10: recall is
   * what is promised, and NDCG still tells two weights apart where recall does not. Equal ones go to the first of the
   * grid, which begins with the defaults.
   *
   * Past searches are a sign of searches alone, and are tried only where a candidate has it: the grid is six times as large.
   *
   * Help for fresh items is not learned so: whoever validates by the past finds few of them worth it. It is as much as costs
   * all cases together at most a hundredth of recall, where the validation met fresh candidates at all.
   */
  private static final double[] DENSE = {0, 2, 5, 10, 20, 40};
  private static final double[] POPULARITY = {0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6};
  private static final double[] TEMPERATURE = {0.02, 0.05, 0.15};

  private static final double[] PAST = {0, 2, 5, 10, 20, 40};
  private static final double[] NO_PAST = {0};

  private static final double[] FRESH = {0.1, 0.08, 0.06, 0.04, 0.02};
  private static final double MAX_LOST = 0.01;

  /** With fewer validation events chance would choose: the defaults stay. */
  static final int MIN_CASES = 20;

  private WeightTuning() {}

  /**
   * Weights to collect candidates for tuning with: fresh items are among them, and for a search
   * those that past searches found.
   */
  public static RankingWeights collecting(Task task) {
    RankingWeights fresh = RankingWeights.DEFAULT.withColdItemBoost(FRESH[0]);
    return task == Task.SEARCH ? fresh.withQueryLog(PAST[1]) : fresh;
  }

  /** The best weights for a task on these validation cases. */
  public static RankingWeights tune(CollectedCases validation, Task task) {
    List<CollectedCase> cases = validation.of(task);
    if (cases.size() < MIN_CASES) {
      return RankingWeights.DEFAULT;
    }
    List<Signs> signs = cases.parallelStream().map(Signs::of).toList();
    boolean past = task == Task.SEARCH && signs.stream().anyMatch(Signs::anyPast);
    List<RankingWeights> grid = grid(past);
    List<Double> values = grid.parallelStream().map(weights -> value(signs, weights)).toList();
    int best = 0;
    for (int i = 1; i < grid.size(); i++) {
      best = values.get(i) > values.get(best) ? i : best;
    }
    return withHelp(grid.get(best), signs);
  }

  private static RankingWeights withHelp(RankingWeights best, List<Signs> signs) {
    if (signs.stream().noneMatch(Signs::anyFresh)) {
      return best;
    }
    double least = tally(signs, best).recallAt30() - MAX_LOST;
    for (double fresh : FRESH) {
      RankingWeights helped = best.withColdItemBoost(fresh);
      if (tally(signs, helped).recallAt30() >= least) {
        return helped;
      }
    }
    return best;
  }

  static List<RankingWeights> grid(boolean past) {
    List<RankingWeights> grid = new ArrayList<>();
    grid.add(RankingWeights.DEFAULT);
    for (double weight : past ? PAST : NO_PAST) {
      withoutPast().forEach(weights -> grid.add(weights.withQueryLog(weight)));
    }
    return grid;
  }

  private static List<RankingWeights> withoutPast() {
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

  private static double value(List<Signs> cases, RankingWeights weights) {
    RankMetrics tally = tally(cases, weights);
    return tally.recallAt30() + tally.ndcgAt10();
  }

  private static RankMetrics tally(List<Signs> cases, RankingWeights weights) {
    RankMetrics tally = new RankMetrics();
    cases.forEach(one -> tally.add(one.rank(weights)));
    return tally;
  }

  /**
   * What a score is made of, taken apart once so that each point of the grid costs no exponential.
   *
   * @param generator log p(ID) + log p(item | ID) for each temperature, shape [temperature][i]
   * @param cosine shape [i]
   * @param popularity shape [i]
   * @param past shape [i]
   * @param fresh 1 for items that nobody had met, else 0; shape [i]
   */
  private record Signs(
      CollectedCase one,
      double[][] generator,
      double[] cosine,
      double[] popularity,
      double[] past,
      double[] fresh) {
    static Signs of(CollectedCase one) {
      Candidates candidates = one.candidates();
      int size = candidates.size();
      return new Signs(
          one,
          Arrays.stream(TEMPERATURE)
              .mapToObj(t -> candidates.scores(new RankingWeights(1, 0, 0, t)))
              .toArray(double[][]::new),
          IntStream.range(0, size).mapToDouble(candidates::cosine).toArray(),
          IntStream.range(0, size).mapToDouble(candidates::logPopularity).toArray(),
          IntStream.range(0, size).mapToDouble(candidates::queryLogScore).toArray(),
          IntStream.range(0, size).mapToDouble(i -> candidates.isCold(i) ? 1 : 0).toArray());
    }

    boolean anyFresh() {
      return Arrays.stream(fresh).anyMatch(one -> one > 0);
    }

    boolean anyPast() {
      return Arrays.stream(past).anyMatch(one -> one > 0);
    }

    int rank(RankingWeights weights) {
      if (one.place() == CollectedCase.NOWHERE) {
        return RankMetrics.MISSING;
      }
      double[] byGenerator = generator[Arrays.binarySearch(TEMPERATURE, weights.temperature())];
      double[] scores = new double[cosine.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] =
            weights.generator() * byGenerator[i]
                + weights.dense() * (cosine[i] + weights.coldItemBoost() * fresh[i])
                + weights.popularity() * popularity[i]
                + weights.queryLog() * past[i];
      }
      return one.rank(scores);
    }
  }
}
