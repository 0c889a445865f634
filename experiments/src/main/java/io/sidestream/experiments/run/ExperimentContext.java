package io.sidestream.experiments.run;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.evaluation.GroupEvaluation;
import io.sidestream.experiments.fullsystem.FullSystemResult;
import io.sidestream.experiments.pretrained.PretrainedModels;
import io.sidestream.experiments.schemes.IdScheme;
import io.sidestream.experiments.store.Store;
import io.sidestream.experiments.trials.PromptStyle;
import io.sidestream.experiments.trials.RankedGroups;
import io.sidestream.experiments.trials.Ranks;
import io.sidestream.experiments.trials.SeedRun;
import io.sidestream.experiments.trials.TrialResult;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.quantizer.Quantizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One data set with its seeds, and the systems that are measured on it. One thread calls. */
public final class ExperimentContext implements AutoCloseable {
  /** Most seeds: each is a whole run. */
  public static final int MAX_SEEDS = 100;

  private final SeedRunFactory preparation;
  private final int seeds;
  private final TrainingProgress progress;
  private final Map<DataVariant, List<SeedRun>> benches = new HashMap<>();

  /**
   * @param models in place of the bundled ones
   * @param seeds how many, from 1 on
   * @param store where everything is kept; other data sets and settings may share it
   */
  public ExperimentContext(
      DatasetByKind dataset,
      ExperimentSettings settings,
      PretrainedModels models,
      int seeds,
      Store store,
      TrainingProgress progress) {
    check(seeds > 0 && seeds <= MAX_SEEDS, "%d seeds, expected 1 to %d", seeds, MAX_SEEDS);
    this.preparation = new SeedRunFactory(dataset, settings, models, store, progress);
    this.seeds = seeds;
    this.progress = progress;
  }

  public ExperimentSettings settings() {
    return preparation.settings();
  }

  /** A bench for each seed. */
  public List<SeedRun> benches(DataVariant variant) throws IOException {
    List<SeedRun> known = benches.get(variant);
    if (known != null) {
      return known;
    }
    List<SeedRun> made = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      made.add(preparation.bench(variant, seed));
    }
    benches.put(variant, made);
    return made;
  }

  /** The bench of the first seed with the data as they are. */
  public SeedRun bench() throws IOException {
    return benches(DataVariant.NONE).get(0);
  }

  /** The names of the groups of cases, in their order. */
  public List<String> groups() throws IOException {
    return bench().data().test().stream().map(CaseGroup::name).toList();
  }

  /** A way's IDs and their generator, on the data as they are. */
  public EvaluatedIds trial(IdScheme way, Quantizer quantizer) throws IOException {
    return trial(way.name(), DataVariant.NONE, way, quantizer, PromptStyle.OWN);
  }

  /** A way's IDs and their generator. */
  public EvaluatedIds trial(
      String name, DataVariant variant, IdScheme way, Quantizer quantizer, PromptStyle style)
      throws IOException {
    List<TrialResult> results = new ArrayList<>();
    List<List<GroupEvaluation>> measured = new ArrayList<>();
    for (SeedRun bench : benches(variant)) {
      progress.stage("trial", name);
      TrialResult result = bench.trial(way, quantizer, style);
      results.add(result);
      measured.add(measured(name, bench.data(), result.test()));
    }
    return new EvaluatedIds(new EvaluatedSystem(name, measured), results);
  }

  private static List<GroupEvaluation> measured(
      String name, ExperimentData data, Map<String, Ranks> test) {
    return new RankedGroups(test).measured(name, data);
  }

  /** One generator on a way's IDs by each decoding's name; for each seed, for each group. */
  public Map<String, List<List<GroupEvaluation>>> decodings(IdScheme way, Quantizer quantizer)
      throws IOException {
    Map<String, List<List<GroupEvaluation>>> measured = new TreeMap<>();
    for (SeedRun bench : benches(DataVariant.NONE)) {
      bench
          .decodings(way, quantizer)
          .test()
          .forEach(
              (name, ranks) ->
                  measured
                      .computeIfAbsent(name, unused -> new ArrayList<>())
                      .add(measured(name, bench.data(), ranks)));
    }
    return measured;
  }

  /** What ships, trained on the data of each seed. */
  public List<FullSystemResult> shipped(DataVariant variant) throws IOException {
    List<FullSystemResult> results = new ArrayList<>();
    for (SeedRun bench : benches(variant)) {
      results.add(bench.shipped(preparation.settings().shipped()));
    }
    return results;
  }

  /** What is left of the ranking, by its name, of what {@link #shipped} gave. */
  public Map<String, EvaluatedSystem> parts(DataVariant variant, List<FullSystemResult> results)
      throws IOException {
    Map<String, EvaluatedSystem> parts = new TreeMap<>();
    List<SeedRun> of = benches(variant);
    for (String part : results.get(0).test().keySet()) {
      List<List<GroupEvaluation>> measured = new ArrayList<>();
      for (int seed = 0; seed < of.size(); seed++) {
        measured.add(measured(part, of.get(seed).data(), results.get(seed).test().get(part)));
      }
      parts.put(part, new EvaluatedSystem(part, measured));
    }
    return parts;
  }

  /** Exact search in a way's space; empty where queries and histories do not lead into it. */
  public Optional<EvaluatedSystem> dense(String name, DataVariant variant, IdScheme way)
      throws IOException {
    List<List<GroupEvaluation>> measured = new ArrayList<>();
    for (SeedRun bench : benches(variant)) {
      Optional<RankedGroups> ranked = bench.dense(way);
      ranked.ifPresent(groups -> measured.add(groups.measured(name, bench.data())));
    }
    return measured.isEmpty() ? Optional.empty() : Optional.of(new EvaluatedSystem(name, measured));
  }

  /** What one gets without a model, or with the field's old and strong ones. */
  public List<EvaluatedSystem> baselines(DataVariant variant) throws IOException {
    Map<String, List<List<GroupEvaluation>>> measured = new LinkedHashMap<>();
    for (SeedRun bench : benches(variant)) {
      bench
          .baselines()
          .forEach(
              (name, groups) ->
                  measured
                      .computeIfAbsent(name, unused -> new ArrayList<>())
                      .add(groups.measured(name, bench.data())));
    }
    return measured.entrySet().stream()
        .map(baseline -> new EvaluatedSystem(baseline.getKey(), baseline.getValue()))
        .toList();
  }

  @Override
  public void close() {
    benches.values().stream().flatMap(List::stream).forEach(bench -> bench.texts().close());
    benches.clear();
  }
}
