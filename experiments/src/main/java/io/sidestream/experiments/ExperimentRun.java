package io.sidestream.experiments;

import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.store.Store;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.resources.AtomicFiles;
import io.sidestream.report.Findings;
import io.sidestream.report.ReportHtml;
import io.sidestream.report.ResultsJson;
import io.sidestream.report.Setup;
import io.sidestream.report.TablePrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Runs experiments one after the other: tables to the terminal, results as JSON, one report of all
 * that the folder holds.
 */
public final class ExperimentRun {
  /** The folder of what runs share, inside the folder of results. */
  public static final String CACHE = "cache";

  /** The report's file, inside the folder of results. */
  public static final String REPORT = "report.html";

  private static final String TITLE = "Joint generative search and recommendation: experiments";

  private final ExperimentRequest request;
  private final PrintWriter out;
  private final TrainingProgress progress;
  private final Clock clock;
  private final String version;

  public ExperimentRun(
      ExperimentRequest request,
      PrintWriter out,
      TrainingProgress progress,
      Clock clock,
      String version) {
    this.request = request;
    this.out = out;
    this.progress = progress;
    this.clock = clock;
    this.version = version;
  }

  /** Runs the requested experiments; what the folder has cached is not computed again. */
  public void run() throws IOException {
    Files.createDirectories(request.out());
    Store store = Store.open(request.out().resolve(CACHE));
    List<Findings> found = new ArrayList<>();
    try (ExperimentContext context =
        new ExperimentContext(
            request.dataset(),
            request.settings(),
            request.models(),
            request.seeds(),
            store,
            progress)) {
      for (Experiment experiment : request.experiments()) {
        Findings findings = experiment.run(context).with(request.models().names());
        found.add(findings);
        print(findings);
        AtomicFiles.write(file(experiment), ResultsJson.write(findings));
        report();
      }
    }
    if (request.json().isPresent()) {
      Files.writeString(request.json().get(), array(found));
    }
  }

  /** The findings as one JSON array. */
  private static String array(List<Findings> found) {
    return found.stream()
        .map(findings -> new String(ResultsJson.write(findings), StandardCharsets.UTF_8).strip())
        .collect(Collectors.joining(",\n", "[", "]\n"));
  }

  private void print(Findings findings) {
    out.println(new TablePrinter(TablePrinter.DEFAULT_WIDTH).print(findings));
    out.flush();
  }

  private Path file(Experiment experiment) {
    return request.out().resolve(experiment.name() + ".json");
  }

  /** One report of all experiments with results in this folder. */
  private void report() throws IOException {
    List<Findings> all = new ArrayList<>();
    for (Experiment experiment : Experiments.ALL) {
      if (Files.isRegularFile(file(experiment))) {
        all.add(ResultsJson.read(Files.readAllBytes(file(experiment))));
      }
    }
    String page = ReportHtml.page(setup(), all);
    AtomicFiles.write(request.out().resolve(REPORT), page.getBytes(StandardCharsets.UTF_8));
  }

  private Setup setup() {
    return new Setup(
        TITLE,
        request.dataName(),
        request.profile(),
        String.valueOf(request.seeds()),
        request.models().names(),
        request.command(),
        version,
        clock.instant(),
        machine());
  }

  private static Map<String, String> machine() {
    Map<String, String> machine = new TreeMap<>();
    machine.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    machine.put("architecture", System.getProperty("os.arch"));
    machine.put("Java", System.getProperty("java.version"));
    return machine;
  }
}
