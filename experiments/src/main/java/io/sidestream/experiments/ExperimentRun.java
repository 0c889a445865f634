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
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final String DATA = "data set";
  private static final String PROFILE = "profile";
  private static final String SEEDS = "seeds";

  /** In place of what the experiments of a report do not have in common. */
  static final String DIFFERENT = "not the same in all experiments: each says its own";

  private final ExperimentRequest request;
  private final PrintWriter out;
  private final TrainingProgress progress;
  private final Clock clock;
  private final String version;
  private final Set<Path> leftOut = new HashSet<>();

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
        Findings findings = experiment.run(context).with(facts());
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
        read(file(experiment)).ifPresent(all::add);
      }
    }
    String page = ReportHtml.page(setup(all), all);
    AtomicFiles.write(request.out().resolve(REPORT), page.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What an earlier run left; empty where it is no result, as of another version of the program.
   */
  private Optional<Findings> read(Path file) {
    try {
      return Optional.of(ResultsJson.read(Files.readAllBytes(file)));
    } catch (IOException e) {
      if (leftOut.add(file)) {
        out.printf("%s is left out of the report: %s%n", file, ReasonText.of(e));
        out.flush();
      }
      return Optional.empty();
    }
  }

  /** What decides on the results of this run: others in the folder may be of other data. */
  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(DATA, request.dataName());
    facts.put(PROFILE, request.profile());
    facts.put(SEEDS, String.valueOf(request.seeds()));
    facts.putAll(request.models().names());
    return facts;
  }

  private Setup setup(List<Findings> all) {
    Map<String, String> models = new LinkedHashMap<>();
    request.models().names().keySet().forEach(name -> models.put(name, ofAll(name, all)));
    return new Setup(
        TITLE,
        ofAll(DATA, all),
        ofAll(PROFILE, all),
        ofAll(SEEDS, all),
        models,
        request.command(),
        version,
        clock.instant(),
        machine());
  }

  /** A fact that all experiments of a report have in common. */
  private static String ofAll(String fact, List<Findings> all) {
    List<String> found =
        all.stream().map(one -> one.setup().getOrDefault(fact, "")).distinct().toList();
    return found.size() == 1 ? found.get(0) : DIFFERENT;
  }

  private static Map<String, String> machine() {
    Map<String, String> machine = new TreeMap<>();
    machine.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    machine.put("architecture", System.getProperty("os.arch"));
    machine.put("Java", System.getProperty("java.version"));
    return machine;
  }
}
