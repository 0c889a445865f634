package io.sidestream.cli;

import io.sidestream.cli.demo.DemoReport;
import io.sidestream.cli.demo.ReportedTraining;
import io.sidestream.datasets.DatasetByKind;
import io.sidestream.datasets.MovieLensFolder;
import io.sidestream.experiments.Experiment;
import io.sidestream.experiments.ExperimentProfile;
import io.sidestream.experiments.ExperimentRequest;
import io.sidestream.experiments.ExperimentRun;
import io.sidestream.experiments.Experiments;
import io.sidestream.experiments.data.MostRated;
import io.sidestream.experiments.pretrained.PretrainedModels;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.ExperimentSettings;
import io.sidestream.learning.tensor.Cuda;
import io.sidestream.model.onnx.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs experiments on one data set and writes a report. */
@Command(
    name = "experiment",
    description =
        "Run an experiment by name, or all of them; results of earlier runs in the same folder are"
            + " reused.",
    mixinStandardHelpOptions = true)
final class ExperimentCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "One of: ${COMPLETION-CANDIDATES}.")
  String name;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder in MovieLens layout instead of the bundled sample.")
  Path data;

  @Option(
      names = "--items",
      paramLabel = "N",
      description = "Use the N items with most interactions, and their events.")
  Integer items;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Directory of the results, of report.html and of the cache.")
  Path out;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "${COMPLETION-CANDIDATES} (default: quick).")
  ExperimentProfile profile = ExperimentProfile.QUICK;

  @Option(
      names = "--encoder",
      paramLabel = "DIR",
      description =
          "A text encoder in Hugging Face layout, such as all-mpnet-base-v2, instead of the bundled"
              + " one.")
  Path encoder;

  @Option(
      names = "--generator",
      paramLabel = "DIR",
      description =
          "A T5 or flan-t5 in Hugging Face layout that each trial fine-tunes, instead of training a"
              + " small one from scratch.")
  Path generator;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Number of runs, with seeds from 1 (default: 1).")
  int seeds = 1;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the trainer, such as trainer.device=cuda; may be given repeatedly.")
  Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the results of this run, as one JSON array.")
  Path json;

  /** The names of the experiments. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Experiments.names().iterator();
    }
  }

  @Override
  public Integer call() throws IOException {
    ExperimentRequest request = request();
    Logs.toDirectory(out.resolve("logs"), "experiment");
    Clock clock = Clock.systemUTC();
    new ExperimentRun(
            request,
            spec.commandLine().getOut(),
            new ReportedTraining(Terminal.reporter(spec), new DemoReport(), clock),
            clock,
            new BuildVersion().getVersion()[0])
        .run();
    return ExitCode.OK;
  }

  private ExperimentRequest request() {
    int most = ExperimentContext.MAX_SEEDS;
    Usage.check(spec, seeds > 0 && seeds <= most, "--seeds is %d, expected 1 to %d", seeds, most);
    Usage.check(spec, items == null || items > 0, "--items is %d, expected 1 or more", items);
    Usage.checkOutput(spec, "--json", json);
    List<Experiment> experiments =
        Experiments.named(name)
            .orElseThrow(
                () ->
                    Usage.error(
                        spec,
                        "experiment \"%s\" is not known, expected one of %s",
                        name,
                        String.join(", ", Experiments.names())));
    ExperimentSettings settings = profile.settings(set);
    Device device = settings.fullSystem().device();
    Cuda.require(device, settings.fullSystem().precision());
    PretrainedModels models =
        profile.models(Optional.ofNullable(encoder), Optional.ofNullable(generator), device);
    return new ExperimentRequest(
        experiments,
        dataName(),
        dataset(),
        profileName(),
        settings,
        models,
        seeds,
        out,
        Optional.ofNullable(json),
        "sidestream "
            + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs()));
  }

  private String profileName() {
    String name = profile.name().toLowerCase(Locale.ROOT);
    return set.isEmpty()
        ? name
        : name
            + set.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .sorted()
                .collect(Collectors.joining(", ", " with ", ""));
  }

  private String dataName() {
    String whole =
        data == null
            ? "bundled sample"
            : String.valueOf(data.toAbsolutePath().normalize().getFileName());
    return items == null
        ? whole
        : String.format(Locale.ROOT, "%s, the %,d items with most interactions", whole, items);
  }

  private DatasetByKind dataset() {
    DatasetByKind whole =
        data == null
            ? DatasetByKind.of(DataOption.sample().dataset())
            : MovieLensFolder.readByKind(data);
    return items == null ? whole : MostRated.of(whole, items);
  }
}
