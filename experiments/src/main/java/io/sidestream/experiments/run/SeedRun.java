package io.sidestream.experiments.run;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.experiments.baselines.Baselines;
import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.embedding.EmbeddingSpace;
import io.sidestream.experiments.embedding.EmbeddingSpaces;
import io.sidestream.experiments.embedding.Texts;
import io.sidestream.experiments.embedding.TrainingData;
import io.sidestream.experiments.pretrained.PretrainedModels;
import io.sidestream.experiments.schemes.IdScheme;
import io.sidestream.experiments.store.Store;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.quantizer.Quantizer;
import io.sidestream.model.generator.Task;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One split of one seed, and the systems evaluated on it; each is trained once, and cached.
 *
 * @param training what all systems learn from
 * @param texts with the vectors of all texts that are ever read
 * @param cache of this split, these settings and this seed
 */
public record SeedRun(
    ExperimentSettings settings,
    PretrainedModels models,
    TrainingData training,
    Texts texts,
    EmbeddingSpaces spaces,
    Store cache,
    long seed,
    TrainingProgress progress)
    implements AutoCloseable {
  private static final List<Double> EASE_PENALTIES = List.of(100.0, 300.0, 1_000.0);

  /** Splits a data set, samples its training queries and reads its texts. */
  static SeedRun open(
      DatasetByKind dataset,
      ExperimentSettings settings,
      PretrainedModels models,
      DataVariant variant,
      Store store,
      long seed,
      TrainingProgress progress)
      throws IOException {
    ExperimentData data = variant.split(dataset, settings.split(), seed);
    TrainingData training = variant.sampled(TrainingData.of(data, settings.spaces(), seed), seed);
    Texts texts =
        Texts.read(
            models.encoder(),
            training.allTexts(),
            settings.spaces().maxPieces(),
            store.folder().resolve("texts"),
            progress);
    Store cache =
        store
            .within(Fingerprint.of(data))
            .within(settings.toString())
            .within(variant.sampling() + " seed " + seed);
    EmbeddingSpaces spaces =
        new EmbeddingSpaces(training, texts, settings.spaces(), cache, seed, progress);
    return new SeedRun(settings, models, training, texts, spaces, cache, seed, progress);
  }

  public ExperimentData data() {
    return training.data();
  }

  /** A generator trained on a scheme's IDs. */
  TrialResult trial(IdScheme scheme, Quantizer quantizer, PromptStyle style) throws IOException {
    return trials()
        .value(
            "trial " + scheme.name() + " / " + quantizer.name() + " / " + style,
            TrialResult.class,
            () -> {
              Trial trial = open(scheme, quantizer, style);
              try (TrialGenerator generator = train(trial)) {
                return trial.result(generator);
              }
            });
  }

  /** One generator on a scheme's IDs, by each decoding. */
  NamedRanks decodings(IdScheme scheme, Quantizer quantizer) throws IOException {
    return trials()
        .value(
            "decodings " + scheme.name() + " / " + quantizer.name(),
            NamedRanks.class,
            () -> {
              Trial trial = open(scheme, quantizer, PromptStyle.OWN);
              try (TrialGenerator generator = train(trial)) {
                return trial.decodings(generator);
              }
            });
  }

  private Trial open(IdScheme scheme, Quantizer quantizer, PromptStyle style) throws IOException {
    return new Trial(training, texts, scheme.ids(spaces, quantizer, seed), style, seed, progress);
  }

  private TrialGenerator train(Trial trial) throws IOException {
    return models.generator().isPresent()
        ? PretrainedTrialGenerator.train(trial, models.generator().get())
        : FromScratchGenerator.train(trial, settings.trials());
  }

  private Store trials() {
    Store ofTexts = texts.within(cache);
    return models.generator().map(model -> ofTexts.within(model.key())).orElse(ofTexts);
  }

  /** The full system, trained on this split with this seed. */
  public FullSystemResult fullSystem() throws IOException {
    return cache.value(
        "full system",
        FullSystemResult.class,
        () ->
            new FullSystemRun(
                    data(),
                    settings.fullSystem().with(Map.of("trainer.seed", Long.toString(seed))),
                    texts.folder(),
                    progress)
                .run());
  }

  /** Exact dense retrieval in a scheme's space; none where it has no query towers. */
  NamedRanks dense(String name, IdScheme scheme) throws IOException {
    Optional<EmbeddingSpace> space = scheme.searchable(spaces);
    if (space.isEmpty()) {
      return new NamedRanks(Map.of());
    }
    return new NamedRanks(
        Map.of(
            name,
            texts
                .within(cache)
                .value(
                    "dense " + scheme.name(),
                    Ranks.class,
                    () -> Ranks.by(new DenseRanker(space.get(), texts), data().test()))));
  }

  /** The field's baselines. */
  NamedRanks baselines() throws IOException {
    return cache.value("baselines", NamedRanks.class, this::rankedBaselines);
  }

  private NamedRanks rankedBaselines() {
    progress.stage("baselines", "popularity, BM25, ItemKNN, EASE");
    Map<String, Map<String, Ranks.Group>> groups = new LinkedHashMap<>();
    try (Baselines baselines = Baselines.of(data(), EASE_PENALTIES, seed)) {
      for (Task task : Task.values()) {
        List<CaseGroup> ofTask =
            data().test().stream().filter(group -> group.task() == task).toList();
        baselines
            .of(task)
            .forEach(
                (name, ranker) ->
                    groups
                        .computeIfAbsent(name, unused -> new TreeMap<>())
                        .putAll(Ranks.by(ranker, ofTask).groups()));
      }
    }
    progress.finished("baselines", "");
    Map<String, Ranks> ranks = new LinkedHashMap<>();
    groups.forEach((name, some) -> ranks.put(name, new Ranks(some)));
    return new NamedRanks(ranks);
  }

  @Override
  public void close() {
    texts.close();
  }
}
