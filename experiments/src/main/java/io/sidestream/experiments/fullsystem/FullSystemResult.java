package io.sidestream.experiments.fullsystem;

import io.sidestream.experiments.trials.IdReport;
import io.sidestream.experiments.trials.Ranks;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of one training of what ships.
 *
 * @param test by the name of what is left of the ranking, ranks by the name of the group
 * @param weights what validation taught, by task, as text
 * @param spaceLosses of the bi-encoder's training
 * @param generatorLosses of the generator's training
 */
public record FullSystemResult(
    Map<String, Map<String, Ranks>> test,
    Map<String, String> weights,
    List<Double> spaceLosses,
    List<Double> generatorLosses,
    double residualEnergy,
    IdReport ids) {
  public FullSystemResult {
    test = new TreeMap<>(test);
    weights = new TreeMap<>(weights);
    spaceLosses = List.copyOf(spaceLosses);
    generatorLosses = List.copyOf(generatorLosses);
  }
}
