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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares ways to build IDs, quantizers and more on one data set, and writes a report. */
@Command(
    name = "experiment",
    description =
        "Run a comparison by name, or all of them; what an earlier run in the same folder has done"
            + " is not done again.",
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
      description = "Take the N items with most interactions, and what is about them.")
  Integer items;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where results, report.html and what runs have in common go.")
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
          "A T5 or flan-t5 in Hugging Face layout that each trial teaches its IDs, instead of a"
              + " small one from scratch.")
  Path generator;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "So many runs, by seeds from 1 on (default: 1).")
  int seeds = 1;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write this run's findings, as one JSON array.")
  Path json;

  /** The names that may be given. */
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
            new ReportedTraining(Terminal.narrator(spec), new DemoReport(), clock),
            clock,
            new BuildVersion().getVersion()[0])
        .run();
    return ExitCode.OK;
  }

  private ExperimentRequest request() {
    check(
        seeds > 0 && seeds <= ExperimentContext.MAX_SEEDS,
        String.format(
            Locale.ROOT, "--seeds is %d, expected 1 to %d", seeds, ExperimentContext.MAX_SEEDS));
    check(items == null || items > 0, "--items is " + items + ", expected 1 or more");
    List<Experiment> experiments =
        Experiments.named(name)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        String.format(
                            "experiment \"%s\" is not known, expected one of %s",
                            name, String.join(", ", Experiments.names()))));
    PretrainedModels models =
        profile.models(Optional.ofNullable(encoder), Optional.ofNullable(generator));
    return new ExperimentRequest(
        experiments,
        dataName(),
        dataset(),
        profile.name().toLowerCase(Locale.ROOT),
        profile.settings(),
        models,
        seeds,
        out,
        Optional.ofNullable(json),
        "sidestream "
            + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs()));
  }

  private String dataName() {
    String whole = data == null ? "bundled sample" : data.toAbsolutePath().getFileName().toString();
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

  private void check(boolean right, String message) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
