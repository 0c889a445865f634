package io.sidestream.model.ranking;

import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Explanation;
import io.sidestream.schemas.ItemId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Explains answers from their candidates: the beams, and the features of the items. */
final class Explaining {
  /** The share of codes in common with an item before, where the request asks for diversity. */
  static final String SHARED_CODES = "shared_codes";

  /** What boosts add, where the request has some. */
  static final String BOOST = "boost";

  private final Candidates candidates;
  private final RankingWeights weights;
  private final Task task;
  private final double[] generatorScores; // [candidate]
  private final Map<ItemId, Integer> candidateOf = new HashMap<>();

  Explaining(Candidates candidates, RankingWeights weights, Task task) {
    this.candidates = candidates;
    this.weights = weights;
    this.task = task;
    this.generatorScores = candidates.generatorScores(weights.temperature());
    for (int i = 0; i < candidates.size(); i++) {
      candidateOf.put(candidates.item(i), i);
    }
  }

  /**
   * The explanation.
   *
   * @param page the items of the answer, each one of the candidates
   */
  Explanation of(DiverseItems page, ReadPrompt read, Attributing attributing) {
    List<Map<String, Double>> features = new ArrayList<>();
    for (int place = 0; place < page.items().size(); place++) {
      Map<String, Double> ofItem = features(page.items().get(place).item());
      if (page.isDiverse()) {
        ofItem.put(SHARED_CODES, page.shares().get(place));
      }
      features.add(ofItem);
    }
    return new Explanation(
        candidates.beams().stream().limit(Explanation.MAX_BEAMS).map(this::beam).toList(),
        weights(page),
        features,
        attributing.of(read, candidates, weights, attributed(page)));
  }

  /** The candidates that are the first items of the page. */
  private int[] attributed(DiverseItems page) {
    return page.items().stream()
        .limit(Explanation.MAX_ATTRIBUTED_ITEMS)
        .mapToInt(item -> Objects.requireNonNull(candidateOf.get(item.item())))
        .toArray();
  }

  private Explanation.Beam beam(Beam beam) {
    Catalogue catalogue = candidates.catalogue();
    int[] rows = catalogue.rows(beam.leaf());
    List<ItemId> items =
        Arrays.stream(rows)
            .mapToObj(catalogue::item)
            .sorted()
            .limit(Explanation.MAX_BEAM_ITEMS)
            .toList();
    return new Explanation.Beam(
        catalogue.trie().codes(beam.leaf()), beam.logProbability(), rows.length, items);
  }

  private Map<String, Double> weights(DiverseItems page) {
    Map<String, Double> byName = new TreeMap<>();
    if (page.isDiverse()) {
      byName.put(SHARED_CODES, -page.penalty());
    }
    if (candidates.areBoosted()) {
      byName.put(BOOST, page.factor());
    }
    for (RankingFeature feature : RankingFeature.values()) {
      if (feature.isOf(task) && weights.of(feature) != 0) {
        byName.put(feature.label(), page.factor() * weights.of(feature));
      }
    }
    return byName;
  }

  private Map<String, Double> features(ItemId item) {
    int candidate = Objects.requireNonNull(candidateOf.get(item));
    Map<String, Double> byName = new TreeMap<>();
    if (candidates.areBoosted()) {
      byName.put(BOOST, candidates.boost(candidate));
    }
    for (RankingFeature feature : RankingFeature.values()) {
      if (feature.isOf(task) && weights.of(feature) != 0) {
        byName.put(
            feature.label(),
            feature == RankingFeature.GENERATOR
                ? generatorScores[candidate]
                : candidates.value(feature, candidate));
      }
    }
    return byName;
  }
}
