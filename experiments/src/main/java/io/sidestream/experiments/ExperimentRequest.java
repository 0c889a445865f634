package io.sidestream.experiments;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.experiments.pretrained.PretrainedModels;
import io.sidestream.experiments.run.ExperimentSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is to be run.
 *
 * @param experiments in this order
 * @param dataName what the data set is called in the report
 * @param profile what the settings are called in the report
 * @param models in place of the bundled ones
 * @param seeds how many, from 1 on
 * @param out where results, the report and what runs have in common go
 * @param json where the findings of this run go as well
 * @param command the command line that asks for this
 */
public record ExperimentRequest(
    List<Experiment> experiments,
    String dataName,
    DatasetByKind dataset,
    String profile,
    ExperimentSettings settings,
    PretrainedModels models,
    int seeds,
    Path out,
    Optional<Path> json,
    String command) {
  public ExperimentRequest {
    experiments = List.copyOf(experiments);
  }
}
