package io.sidestream.learning.evaluation;

import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Tunes the weights of the ranking features on validation cases. */
public final class WeightTuning {
  /*
   * Coordinate ascent over grids: the objective, recall@30 plus NDCG@10, is not smooth, and each
   * feature's weight takes few values. Recall is the goal, and NDCG distinguishes weights of equal
   * recall. Of equal values the first is kept, so a feature that brings nothing stays at 0.
   *
   * With few cases the best weights of all cases fit their noise. So weights are tuned on halves of
   * the cases, four ways of halving, and the eight results are averaged, each scaled so that its
   * score has the same spread. A feature that helps one half by chance gets a small weight. The
   * average competes with rankings of few features, which have less to fit: the best on all cases
   * is chosen.
   *
   * What validation by past events shows little of, items that came just now, is not tuned so: the
   * weight of transitions, which go on being counted after the training, is raised to the largest,
   * up to its typical one, that costs all cases together at most half a hundredth of recall; the
   * features of cold items get theirs afterwards, by ColdItemTuning.
   */
  private static final double[] FACTORS = {0, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.4, 2, 3, 5, 8};
  private static final double[] POPULARITY = {0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, -0.1, -0.2, -0.4};
  private static final double[] TEMPERATURE = {0.02, 0.05, 0.15};
  private static final double MAX_LOSS_BY_TRANSITIONS = 0.005;

  private static final int HALVINGS = 4;
  private static final int MAX_ROUNDS = 4;

  /** With fewer validation cases the choice would be random: the defaults stay. */
  static final int MIN_CASES = 20;

  /** A weight of each feature that lies in the middle of its grid. */
  private static final Map<RankingFeature, Double> TYPICAL =
      Map.of(
          RankingFeature.GENERATOR, 1.0,
          RankingFeature.DENSE, 10.0,
          RankingFeature.PREDICTED_POPULARITY, 0.1,
          RankingFeature.COLD_DENSE, 10.0,
          RankingFeature.COLD, ColdItemTuning.TYPICAL_BOOST,
          RankingFeature.QUERY_LOG, 10.0,
          RankingFeature.QUERY_CLICKS, 10.0,
          RankingFeature.TRANSITIONS, 60.0,
          RankingFeature.WORDS, 10.0,
          RankingFeature.TITLE, RankingWeights.TITLE_FIRST);

  private WeightTuning() {}

  /** Weights to collect candidates for tuning: every source of candidates has some. */
  public static RankingWeights collecting(Task task) {
    RankingWeights all = RankingWeights.DEFAULT;
    for (RankingFeature feature : RankingFeature.values()) {
      if (feature.isOf(task) && all.of(feature) == 0) {
        all = all.with(feature, typical(feature));
      }
    }
    return all;
  }

  private static RankingWeights untuned(Task task) {
    return titleFirst(RankingWeights.DEFAULT, task);
  }

  /** A title typed in full comes first, whatever the validation cases say. */
  private static RankingWeights titleFirst(RankingWeights weights, Task task) {
    return RankingFeature.TITLE.isOf(task)
        ? weights.with(RankingFeature.TITLE, RankingWeights.TITLE_FIRST)
        : weights;
  }

  private static double typical(RankingFeature feature) {
    return TYPICAL.getOrDefault(feature, RankingWeights.DEFAULT.of(feature));
  }

  /** The weights that are tried for a feature, 0 first. */
  static double[] grid(RankingFeature feature) {
    return feature == RankingFeature.POPULARITY
        ? POPULARITY.clone()
        : Arrays.stream(FACTORS).map(factor -> factor * typical(feature)).toArray();
  }

  /** The best weights for a task on these validation cases, without those of cold items alone. */
  public static RankingWeights tune(CollectedCases validation, Task task) {
    List<CollectedCase> cases = validation.of(task).cases();
    if (cases.size() < MIN_CASES) {
      return untuned(task);
    }
    double temperature = temperature(cases);
    List<CaseFeatures> all = CaseFeatures.of(cases, temperature);
    List<RankingFeature> features = present(cases, task);
    RankingWeights start = untuned(task).withTemperature(temperature);
    List<RankingWeights> rivals = new ArrayList<>();
    rivals.add(titleFirst(averaged(all, features, start), task));
    for (RankingFeature feature : features) {
      if (feature != RankingFeature.POPULARITY) {
        RankingWeights alone = titleFirst(start.only(feature), task);
        alone = alone.with(feature, typical(feature));
        rivals.add(ascend(all, List.of(RankingFeature.POPULARITY), alone));
      }
    }
    return withLiveTransitions(best(rivals, all), all, features);
  }

  private static List<RankingFeature> present(List<CollectedCase> cases, Task task) {
    return Arrays.stream(RankingFeature.values())
        .filter(feature -> feature.isOf(task) && feature != RankingFeature.TITLE)
        .filter(feature -> !RankingFeature.OF_COLD_ITEMS.contains(feature))
        .filter(feature -> cases.stream().anyMatch(one -> one.candidates().has(feature)))
        .toList();
  }

  /** By the generator alone, which is the only feature that it changes. */
  private static double temperature(List<CollectedCase> cases) {
    double best = RankingWeights.DEFAULT.temperature();
    double bestValue = -1;
    for (double temperature : TEMPERATURE) {
      RankingWeights weights = RankingWeights.DEFAULT.withTemperature(temperature);
      double value = value(cases.parallelStream().mapToInt(one -> one.rank(weights)).toArray());
      if (value > bestValue) {
        best = temperature;
        bestValue = value;
      }
    }
    return best;
  }

  /** The mean of the weights that halves of the cases give, each of the same spread. */
  private static RankingWeights averaged(
      List<CaseFeatures> all, List<RankingFeature> features, RankingWeights start) {
    Map<RankingFeature, Double> spread = new EnumMap<>(RankingFeature.class);
    features.forEach(feature -> spread.put(feature, CaseFeatures.spread(all, feature)));
    Map<RankingFeature, Double> sum = balanced(tunedOnHalves(all, features, start), spread);
    return rescaled(new RankingWeights(sum, start.temperature()));
  }

  /**
   * The sums of weights that are scaled to the same spread each. Weights of which none tells items
   * apart add nothing: where ties by id rank best, all are 0.
   */
  static Map<RankingFeature, Double> balanced(
      List<RankingWeights> some, Map<RankingFeature, Double> spread) {
    Map<RankingFeature, Double> sum = new EnumMap<>(RankingFeature.class);
    for (RankingWeights weights : some) {
      double scale =
          spread.entrySet().stream()
              .mapToDouble(one -> Math.abs(weights.of(one.getKey())) * one.getValue())
              .sum();
      spread
          .keySet()
          .forEach(
              feature ->
                  sum.merge(feature, scale == 0 ? 0 : weights.of(feature) / scale, Double::sum));
    }
    return sum;
  }

  private static List<RankingWeights> tunedOnHalves(
      List<CaseFeatures> all, List<RankingFeature> features, RankingWeights start) {
    return IntStream.range(0, 2 * HALVINGS)
        .parallel()
        .mapToObj(half -> ascend(half(all, half), features, start))
        .toList();
  }

  /** Halves 2n and 2n + 1 are one halving: the n-th bit of a case's place says which has it. */
  private static List<CaseFeatures> half(List<CaseFeatures> all, int half) {
    return IntStream.range(0, all.size())
        .filter(place -> (place >> (half / 2) & 1) == half % 2)
        .mapToObj(all::get)
        .toList();
  }

  /** The same ranking, scaled so that the heaviest feature has its typical weight. */
  static RankingWeights rescaled(RankingWeights weights) {
    double heaviest =
        weights.features().entrySet().stream()
            .mapToDouble(one -> Math.abs(one.getValue()) / typical(one.getKey()))
            .max()
            .orElse(0);
    Map<RankingFeature, Double> scaled = new EnumMap<>(weights.features());
    scaled.replaceAll((feature, weight) -> heaviest == 0 ? 0 : weight / heaviest);
    return new RankingWeights(scaled, weights.temperature());
  }

  /** From these weights, one feature after the other to the best of its grid, until none moves. */
  private static RankingWeights ascend(
      List<CaseFeatures> cases, List<RankingFeature> features, RankingWeights start) {
    RankingWeights best = start;
    double bestValue = value(CaseFeatures.ranks(cases, best));
    boolean moved = true;
    for (int round = 0; moved && round < MAX_ROUNDS; round++) {
      moved = false;
      for (RankingFeature feature : features) {
        for (double weight : grid(feature)) {
          RankingWeights tried = best.with(feature, weight);
          double value = value(CaseFeatures.ranks(cases, tried));
          if (value > bestValue) {
            best = tried;
            bestValue = value;
            moved = true;
          }
        }
      }
    }
    return best;
  }

  private static RankingWeights best(List<RankingWeights> rivals, List<CaseFeatures> cases) {
    RankingWeights best = rivals.get(0);
    double bestValue = value(CaseFeatures.ranks(cases, best));
    for (RankingWeights rival : rivals) {
      double value = value(CaseFeatures.ranks(cases, rival));
      if (value > bestValue) {
        best = rival;
        bestValue = value;
      }
    }
    return best;
  }

  private static RankingWeights withLiveTransitions(
      RankingWeights best, List<CaseFeatures> cases, List<RankingFeature> features) {
    if (!features.contains(RankingFeature.TRANSITIONS)) {
      return best;
    }
    double least =
        Metric.RECALL_AT_30.mean(CaseFeatures.ranks(cases, best)) - MAX_LOSS_BY_TRANSITIONS;
    double tuned = best.of(RankingFeature.TRANSITIONS);
    double[] heaviestFirst =
        Arrays.stream(grid(RankingFeature.TRANSITIONS))
            .filter(weight -> weight > tuned && weight <= typical(RankingFeature.TRANSITIONS))
            .map(weight -> -weight)
            .sorted()
            .map(weight -> -weight)
            .toArray();
    for (double weight : heaviestFirst) {
      RankingWeights raised = best.with(RankingFeature.TRANSITIONS, weight);
      if (Metric.RECALL_AT_30.mean(CaseFeatures.ranks(cases, raised)) >= least) {
        return raised;
      }
    }
    return best;
  }

  private static double value(int[] ranks) {
    return Metric.RECALL_AT_30.mean(ranks) + Metric.NDCG_AT_10.mean(ranks);
  }
}
