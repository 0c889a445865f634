package io.sidestream.experiments.run;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.data.TimeCuts;
import io.sidestream.experiments.evaluation.GroupEvaluation;
import io.sidestream.experiments.pretrained.PretrainedModels;
import io.sidestream.experiments.schemes.IdScheme;
import io.sidestream.experiments.store.Store;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.quantizer.Quantizer;
import io.sidestream.learning.settings.TrainingSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One data set with its seeds, and the systems that are evaluated on it. One thread calls. */
public final class ExperimentContext implements AutoCloseable {
  /** Most seeds: each is a whole run. */
  public static final int MAX_SEEDS = 100;

  private final DatasetByKind dataset;
  private final ExperimentSettings settings;
  private final PretrainedModels models;
  private final int seeds;
  private final Store store;
  private final TrainingProgress progress;
  private final Map<DataVariant, List<SeedRun>> runs = new HashMap<>();

  /**
   * @param models in place of the bundled ones
   * @param seeds how many, from 1 on
   * @param store where everything is cached; other data sets and settings may share it
   */
  public ExperimentContext(
      DatasetByKind dataset,
      ExperimentSettings settings,
      PretrainedModels models,
      int seeds,
      Store store,
      TrainingProgress progress) {
    check(seeds > 0 && seeds <= MAX_SEEDS, "%d seeds, expected 1 to %d", seeds, MAX_SEEDS);
    this.dataset = dataset;
    this.settings = settings;
    this.models = models;
    this.seeds = seeds;
    this.store = store;
    this.progress = progress;
  }

  public ExperimentSettings settings() {
    return settings;
  }

  /** The run of the first seed on the unchanged data. */
  public SeedRun firstRun() throws IOException {
    return firstRun(DataVariant.NONE);
  }

  /** The run of the first seed on changed data. */
  public SeedRun firstRun(DataVariant variant) throws IOException {
    return runs(variant).get(0);
  }

  private List<SeedRun> runs(DataVariant variant) throws IOException {
    List<SeedRun> known = runs.get(variant);
    if (known != null) {
      return known;
    }
    List<SeedRun> opened = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      opened.add(SeedRun.open(dataset, settings, models, variant, store, seed, progress));
    }
    runs.put(variant, opened);
    return opened;
  }

  /** The names of the groups of cases, in their order. */
  public List<String> groups() throws IOException {
    return firstRun().data().test().stream().map(CaseGroup::name).toList();
  }

  /** A scheme's IDs and their generator, on the unchanged data. */
  public EvaluatedIds trial(IdScheme scheme, Quantizer quantizer) throws IOException {
    return trial(scheme.name(), DataVariant.NONE, scheme, quantizer, PromptStyle.OWN);
  }

  /** A scheme's IDs and their generator. */
  public EvaluatedIds trial(
      String name, DataVariant variant, IdScheme scheme, Quantizer quantizer, PromptStyle style)
      throws IOException {
    List<TrialResult> results = new ArrayList<>();
    List<List<GroupEvaluation>> evaluations = new ArrayList<>();
    for (SeedRun run : runs(variant)) {
      progress.stage("trial", name);
      TrialResult result = run.trial(scheme, quantizer, style);
      results.add(result);
      evaluations.add(result.test().evaluated(name, run.data()));
    }
    return new EvaluatedIds(new EvaluatedSystem(name, evaluations), results);
  }

  /** One generator on a scheme's IDs by each {@link IdDecoding}, in its order. */
  public List<EvaluatedSystem> decodings(IdScheme scheme, Quantizer quantizer) throws IOException {
    return evaluated(DataVariant.NONE, run -> run.decodings(scheme, quantizer));
  }

  /** The full system by each ranking of {@link RankingAblation}. */
  public List<EvaluatedSystem> fullSystem(DataVariant variant) throws IOException {
    return evaluated(variant, run -> run.fullSystem().test());
  }

  /** The full system's searches with and without typing errors, by {@link SpellingSystems}. */
  public List<EvaluatedSystem> typingErrors() throws IOException {
    return evaluated(
        DataVariant.NONE,
        run -> run.fullSystem().spelling(),
        run -> SpellingRun.searches(run.data(), run.seed()));
  }

  /** Exact dense retrieval in a scheme's space; empty where the space has no query towers. */
  public Optional<EvaluatedSystem> dense(String name, DataVariant variant, IdScheme scheme)
      throws IOException {
    return evaluated(variant, run -> run.dense(name, scheme)).stream().findFirst();
  }

  /** Refreshes after cuts of the events by time, with the first seed. */
  public RefreshResult refreshes() throws IOException {
    SeedRun run = firstRun();
    TrainingSettings trained = settings.fullSystem();
    Store kept =
        store
            .within(Fingerprint.of(run.data()))
            .within(trained.toString())
            .within(RefreshRun.TESTED);
    return kept.value(
        settings.refreshes() + " refreshes",
        RefreshResult.class,
        () ->
            new RefreshRun(
                    TimeCuts.of(dataset, trained.window()),
                    trained,
                    settings.refreshes(),
                    run.texts().folder(),
                    kept,
                    new RefreshParents(kept.directory("parents of refreshes")),
                    ExperimentContext::cpuSeconds,
                    progress)
                .run());
  }

  /** Of all threads of this process. */
  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** The field's baselines. */
  public List<EvaluatedSystem> baselines(DataVariant variant) throws IOException {
    return evaluated(variant, SeedRun::baselines);
  }

  /** Ranks by the systems of one seed. */
  @FunctionalInterface
  private interface Measurement {
    NamedRanks on(SeedRun run) throws IOException;
  }

  private List<EvaluatedSystem> evaluated(DataVariant variant, Measurement measurement)
      throws IOException {
    return evaluated(variant, measurement, SeedRun::data);
  }

  private List<EvaluatedSystem> evaluated(
      DataVariant variant, Measurement measurement, Function<SeedRun, ExperimentData> cases)
      throws IOException {
    Map<String, List<List<GroupEvaluation>>> systems = new LinkedHashMap<>();
    for (SeedRun run : runs(variant)) {
      measurement
          .on(run)
          .systems()
          .forEach(
              (name, ranks) ->
                  systems
                      .computeIfAbsent(name, unused -> new ArrayList<>())
                      .add(ranks.evaluated(name, cases.apply(run))));
    }
    return systems.entrySet().stream()
        .map(system -> new EvaluatedSystem(system.getKey(), system.getValue()))
        .toList();
  }

  @Override
  public void close() {
    runs.values().stream().flatMap(List::stream).forEach(SeedRun::close);
    runs.clear();
  }
}
