package io.sidestream.experiments.trials;

import io.sidestream.experiments.baselines.Baselines;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.embedding.EmbeddingSpace;
import io.sidestream.experiments.embedding.EmbeddingSpaces;
import io.sidestream.experiments.embedding.Texts;
import io.sidestream.experiments.embedding.TrainingData;
import io.sidestream.experiments.fullsystem.FullSystemResult;
import io.sidestream.experiments.fullsystem.FullSystemRun;
import io.sidestream.experiments.schemes.IdScheme;
import io.sidestream.experiments.schemes.TaskIds;
import io.sidestream.experiments.store.Store;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.quantizer.Quantizer;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.generator.Task;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where trials of one split and seed are made: each is trained once, and kept. */
public final class SeedRun {
  private static final List<Double> EASE_PENALTIES = List.of(100.0, 300.0, 1_000.0);

  private final TrainingData material;
  private final Texts texts;
  private final EmbeddingSpaces spaces;
  private final TrialGenerator generator;
  private final Store store;
  private final long seed;
  private final TrainingProgress progress;

  /**
   * @param generator that all trials train
   * @param store apart for each split, settings and seed
   */
  public SeedRun(
      TrainingData material,
      Texts texts,
      EmbeddingSpaces spaces,
      TrialGenerator generator,
      Store store,
      long seed,
      TrainingProgress progress) {
    this.material = material;
    this.texts = texts;
    this.spaces = spaces;
    this.generator = generator;
    this.store = store;
    this.seed = seed;
    this.progress = progress;
  }

  public ExperimentData data() {
    return material.data();
  }

  public EmbeddingSpaces spaces() {
    return spaces;
  }

  public Texts texts() {
    return texts;
  }

  /** The trial of a way with task markers of their own. */
  public TrialResult trial(IdScheme way, Quantizer quantizer) throws IOException {
    return trial(way, quantizer, PromptStyle.OWN);
  }

  /** A generator trained on a way's IDs, and where it puts what was wanted. */
  public TrialResult trial(IdScheme way, Quantizer quantizer, PromptStyle style)
      throws IOException {
    return trials()
        .value(
            "trial " + way.name() + " / " + quantizer.name() + " / " + style,
            TrialResult.class,
            () -> run(way, quantizer, style).run());
  }

  /** One generator on a way's IDs, read out in every way. */
  public DecodingResult decodings(IdScheme way, Quantizer quantizer) throws IOException {
    return trials()
        .value(
            "decodings " + way.name() + " / " + quantizer.name(),
            DecodingResult.class,
            () -> run(way, quantizer, PromptStyle.OWN).decodings());
  }

  /** What ships, trained on this split with this bench's seed. */
  public FullSystemResult shipped(TrainingSettings shipped) throws IOException {
    return store.value(
        "shipped",
        FullSystemResult.class,
        () ->
            new FullSystemRun(material.data(), shipped.withSeed(seed), texts.folder(), progress)
                .run());
  }

  /** Exact search in a way's space, where queries and histories lead into it. */
  public Optional<RankedGroups> dense(IdScheme way) throws IOException {
    Optional<EmbeddingSpace> space = way.searchable(spaces);
    if (space.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        texts
            .within(store)
            .value(
                "dense " + way.name(),
                RankedGroups.class,
                () ->
                    RankedGroups.of(
                        material.data(),
                        EnumSet.allOf(Task.class),
                        new DenseRanker(space.get(), texts))));
  }

  /** What one gets without a model, or with the field's old and strong ones, by its name. */
  public Map<String, RankedGroups> baselines() throws IOException {
    return store.value("baselines", RankedBaselines.class, this::rankedBaselines).byName();
  }

  /** The ranks of all baselines, in the order of tables. */
  record RankedBaselines(Map<String, RankedGroups> byName) {
    RankedBaselines {
      byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }
  }

  private RankedBaselines rankedBaselines() {
    progress.stage("baselines", "popularity, BM25, ItemKNN, EASE");
    Map<String, Map<String, Ranks>> ranks = new LinkedHashMap<>();
    try (Baselines baselines = Baselines.of(material.data(), EASE_PENALTIES, seed)) {
      for (Task task : Task.values()) {
        baselines
            .of(task)
            .forEach(
                (name, ranker) ->
                    ranks
                        .computeIfAbsent(name, unused -> new LinkedHashMap<>())
                        .putAll(RankedGroups.of(material.data(), Set.of(task), ranker).ranks()));
      }
    }
    progress.finished("baselines", "");
    Map<String, RankedGroups> byName = new LinkedHashMap<>();
    ranks.forEach((name, groups) -> byName.put(name, new RankedGroups(groups)));
    return new RankedBaselines(byName);
  }

  private TrialRun run(IdScheme way, Quantizer quantizer, PromptStyle style) throws IOException {
    TaskIds ids = way.ids(spaces, quantizer, seed);
    return new TrialRun(new TrialTask(material, texts, ids, style, seed, progress), generator);
  }

  private Store trials() {
    return generator.within(texts.within(store));
  }
}
