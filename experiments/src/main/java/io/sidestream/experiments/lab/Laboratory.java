package io.sidestream.experiments.lab;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.experiments.baselines.AtRandom;
import io.sidestream.experiments.baselines.Bm25;
import io.sidestream.experiments.baselines.ByPopularity;
import io.sidestream.experiments.baselines.Ease;
import io.sidestream.experiments.baselines.ItemKnn;
import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.evaluation.Measured;
import io.sidestream.experiments.evaluation.Ranker;
import io.sidestream.experiments.evaluation.Ranking;
import io.sidestream.experiments.shipped.ShippedResult;
import io.sidestream.experiments.spaces.Space;
import io.sidestream.experiments.store.Store;
import io.sidestream.experiments.trials.Bench;
import io.sidestream.experiments.trials.PromptStyle;
import io.sidestream.experiments.trials.Ranks;
import io.sidestream.experiments.trials.TrialResult;
import io.sidestream.experiments.ways.IdWay;
import io.sidestream.model.generator.Task;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.quantizer.Quantizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** One data set with its seeds, and the systems that are measured on it. One thread calls. */
public final class Laboratory implements AutoCloseable {
  /** Most seeds: each is a whole run. */
  public static final int MAX_SEEDS = 100;

  /** EASE's penalty on its weights; of 100 to 1,000 about the best on all data sets here. */
  private static final double EASE_PENALTY = 300;

  private final Preparation preparation;
  private final int seeds;
  private final TrainingProgress progress;
  private final Map<Variant, List<Bench>> benches = new HashMap<>();

  /**
   * @param seeds how many, from 1 on
   * @param store where everything is kept; other data sets and settings may share it
   */
  public Laboratory(
      DatasetByKind dataset,
      ExperimentSettings settings,
      int seeds,
      Store store,
      TrainingProgress progress) {
    check(seeds > 0 && seeds <= MAX_SEEDS, "%d seeds, expected 1 to %d", seeds, MAX_SEEDS);
    this.preparation = new Preparation(dataset, settings, store, progress);
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
    return data.test().stream()
        .map(group -> new Measured(name, group, rankings(test.get(group.name()))))
        .toList();
  }

  private static List<Ranking> rankings(Ranks ranks) {
    return IntStream.range(0, ranks.items().length)
        .mapToObj(i -> Ranking.of(ranks.items()[i], ranks.ids()[i]))
        .toList();
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
      Optional<Space> space = way.searchable(bench.spaces());
      if (space.isEmpty()) {
        return Optional.empty();
      }
      Ranker ranker =
          new DenseRanker(
              space.get().unitItems(), space.get().towers().orElseThrow(), bench.texts());
      measured.add(
          bench.data().test().stream().map(group -> Measured.of(name, group, ranker)).toList());
    }
    return Optional.of(new Subject(name, measured));
  }

  /** What one gets without a model, or with the field's old and strong ones. */
  public List<Subject> baselines(Variant variant) throws IOException {
    List<Subject> subjects = new ArrayList<>();
    subjects.add(baseline("random", variant, (data, task) -> new AtRandom(data.rows().size(), 1)));
    subjects.add(baseline("popularity", variant, ByPopularity::of));
    subjects.add(baseline("BM25", variant, Task.SEARCH, Bm25::ofTexts));
    subjects.add(
        baseline("BM25 with past searches", variant, Task.SEARCH, Bm25::ofTextsAndSearches));
    subjects.add(baseline("ItemKNN", variant, Task.RECOMMENDATION, ItemKnn::of));
    subjects.add(
        baseline("EASE", variant, Task.RECOMMENDATION, data -> Ease.of(data, EASE_PENALTY)));
    return subjects;
  }

  /** Makes a baseline from what training knows. */
  @FunctionalInterface
  private interface Baseline {
    Ranker of(ExperimentData data, Task task);
  }

  /** Makes a baseline of one task from what training knows. */
  @FunctionalInterface
  private interface TaskBaseline {
    Ranker of(ExperimentData data);
  }

  private Subject baseline(String name, Variant variant, Baseline baseline) throws IOException {
    List<List<Measured>> measured = new ArrayList<>();
    for (Bench bench : benches(variant)) {
      measured.add(
          bench.data().test().stream()
              .map(group -> Measured.of(name, group, baseline.of(bench.data(), group.task())))
              .toList());
    }
    return new Subject(name, measured);
  }

  private Subject baseline(String name, Variant variant, Task task, TaskBaseline baseline)
      throws IOException {
    List<List<Measured>> measured = new ArrayList<>();
    for (Bench bench : benches(variant)) {
      Ranker ranker = baseline.of(bench.data());
      measured.add(
          bench.data().test().stream()
              .filter(group -> group.task() == task)
              .map(group -> Measured.of(name, group, ranker))
              .toList());
    }
    return new Subject(name, measured);
  }

  @Override
  public void close() {
    benches.values().stream().flatMap(List::stream).forEach(bench -> bench.texts().close());
    benches.clear();
  }
}
