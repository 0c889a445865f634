package io.sidestream.experiments.lab;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.evaluation.Measured;
import io.sidestream.experiments.published.PublishedModels;
import io.sidestream.experiments.shipped.ShippedResult;
import io.sidestream.experiments.store.Store;
import io.sidestream.experiments.trials.Bench;
import io.sidestream.experiments.trials.PromptStyle;
import io.sidestream.experiments.trials.RankedGroups;
import io.sidestream.experiments.trials.Ranks;
import io.sidestream.experiments.trials.TrialResult;
import io.sidestream.experiments.ways.IdWay;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.quantizer.Quantizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One data set with its seeds, and the systems that are measured on it. One thread calls. */
public final class Laboratory implements AutoCloseable {
  /** Most seeds: each is a whole run. */
  public static final int MAX_SEEDS = 100;

  private final Preparation preparation;
  private final int seeds;
  private final TrainingProgress progress;
  private final Map<Variant, List<Bench>> benches = new HashMap<>();

  /**
   * @param models in place of the bundled ones
   * @param seeds how many, from 1 on
   * @param store where everything is kept; other data sets and settings may share it
   */
  public Laboratory(
      DatasetByKind dataset,
      ExperimentSettings settings,
      PublishedModels models,
      int seeds,
      Store store,
      TrainingProgress progress) {
    check(seeds > 0 && seeds <= MAX_SEEDS, "%d seeds, expected 1 to %d", seeds, MAX_SEEDS);
    this.preparation = new Preparation(dataset, settings, models, store, progress);
    this.seeds = seeds;
    this.progress = progress;
  }

  public ExperimentSettings settings() {
    return preparation.settings();
  }

  /** A bench for each seed. */
  public List<Bench> benches(Variant variant) throws IOException {
    List<Bench> known = benches.get(variant);
    if (known != null) {
      return known;
    }
    List<Bench> made = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      made.add(preparation.bench(variant, seed));
    }
    benches.put(variant, made);
    return made;
  }

  /** The bench of the first seed with the data as they are. */
  public Bench bench() throws IOException {
    return benches(Variant.NONE).get(0);
  }

  /** The names of the groups of cases, in their order. */
  public List<String> groups() throws IOException {
    return bench().data().test().stream().map(CaseGroup::name).toList();
  }

  /** A way's IDs and their generator, on the data as they are. */
  public Tested trial(IdWay way, Quantizer quantizer) throws IOException {
    return trial(way.name(), Variant.NONE, way, quantizer, PromptStyle.OWN);
  }

  /** A way's IDs and their generator. */
  public Tested trial(
      String name, Variant variant, IdWay way, Quantizer quantizer, PromptStyle style)
      throws IOException {
    List<TrialResult> results = new ArrayList<>();
    List<List<Measured>> measured = new ArrayList<>();
    for (Bench bench : benches(variant)) {
      progress.stage("trial", name);
      TrialResult result = bench.trial(way, quantizer, style);
      results.add(result);
      measured.add(measured(name, bench.data(), result.test()));
    }
    return new Tested(new Subject(name, measured), results);
  }

  private static List<Measured> measured(
      String name, ExperimentData data, Map<String, Ranks> test) {
    return new RankedGroups(test).measured(name, data);
  }

  /** One generator on a way's IDs by each decoding's name; for each seed, for each group. */
  public Map<String, List<List<Measured>>> decodings(IdWay way, Quantizer quantizer)
      throws IOException {
    Map<String, List<List<Measured>>> measured = new TreeMap<>();
    for (Bench bench : benches(Variant.NONE)) {
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
  public List<ShippedResult> shipped(Variant variant) throws IOException {
    List<ShippedResult> results = new ArrayList<>();
    for (Bench bench : benches(variant)) {
      results.add(bench.shipped(preparation.settings().shipped()));
    }
    return results;
  }

  /** What is left of the ranking, by its name, of what {@link #shipped} gave. */
  public Map<String, Subject> parts(Variant variant, List<ShippedResult> results)
      throws IOException {
    Map<String, Subject> parts = new TreeMap<>();
    List<Bench> of = benches(variant);
    for (String part : results.get(0).test().keySet()) {
      List<List<Measured>> measured = new ArrayList<>();
      for (int seed = 0; seed < of.size(); seed++) {
        measured.add(measured(part, of.get(seed).data(), results.get(seed).test().get(part)));
      }
      parts.put(part, new Subject(part, measured));
    }
    return parts;
  }

  /** Exact search in a way's space; empty where queries and histories do not lead into it. */
  public Optional<Subject> dense(String name, Variant variant, IdWay way) throws IOException {
    List<List<Measured>> measured = new ArrayList<>();
    for (Bench bench : benches(variant)) {
      Optional<RankedGroups> ranked = bench.dense(way);
      ranked.ifPresent(groups -> measured.add(groups.measured(name, bench.data())));
    }
    return measured.isEmpty() ? Optional.empty() : Optional.of(new Subject(name, measured));
  }

  /** What one gets without a model, or with the field's old and strong ones. */
  public List<Subject> baselines(Variant variant) throws IOException {
    Map<String, List<List<Measured>>> measured = new LinkedHashMap<>();
    for (Bench bench : benches(variant)) {
      bench
          .baselines()
          .forEach(
              (name, groups) ->
                  measured
                      .computeIfAbsent(name, unused -> new ArrayList<>())
                      .add(groups.measured(name, bench.data())));
    }
    return measured.entrySet().stream()
        .map(baseline -> new Subject(baseline.getKey(), baseline.getValue()))
        .toList();
  }

  @Override
  public void close() {
    benches.values().stream().flatMap(List::stream).forEach(bench -> bench.texts().close());
    benches.clear();
  }
}
