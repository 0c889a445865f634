package io.sidestream.experiments;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.experiments.pretrained.PretrainedModels;
import io.sidestream.experiments.run.ExperimentSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run of experiments.
 *
 * @param experiments in this order
 * @param dataName name of the data set in the report
 * @param profile name of the settings in the report
 * @param models in place of the bundled ones
 * @param seeds how many, from 1 on
 * @param out folder of results, report and cache
 * @param json file that also gets the findings of this run
 * @param command the command line of this run
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
