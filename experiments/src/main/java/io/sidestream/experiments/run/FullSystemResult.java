package io.sidestream.experiments.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of one training of the full system.
 *
 * @param test by the name of the ranking of {@link RankingAblation}
 * @param spelling of searches, by the name of {@link SpellingSystems}
 * @param weights of the ranking as tuned on validation, by task, as text
 * @param spaceLosses of the bi-encoder's training
 * @param generatorLosses of the generator's training
 */
public record FullSystemResult(
    NamedRanks test,
    NamedRanks spelling,
    Map<String, String> weights,
    List<Double> spaceLosses,
    List<Double> generatorLosses,
    double relativeQuantizationError,
    IdReport ids) {
  public FullSystemResult {
    weights = new TreeMap<>(weights);
    spaceLosses = List.copyOf(spaceLosses);
    generatorLosses = List.copyOf(generatorLosses);
  }
}
