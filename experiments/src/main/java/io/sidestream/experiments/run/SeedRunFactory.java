package io.sidestream.experiments.run;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.embedding.EmbeddingSpaces;
import io.sidestream.experiments.embedding.Texts;
import io.sidestream.experiments.embedding.TrainingData;
import io.sidestream.experiments.pretrained.PretrainedModels;
import io.sidestream.experiments.store.Store;
import io.sidestream.experiments.trials.SeedRun;
import io.sidestream.experiments.trials.TrialGenerator;
import io.sidestream.learning.progress.TrainingProgress;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Makes a bench of a data set, a variant and a seed. */
record SeedRunFactory(
    DatasetByKind dataset,
    ExperimentSettings settings,
    PretrainedModels models,
    Store store,
    TrainingProgress progress) {

  SeedRun bench(DataVariant variant, long seed) throws IOException {
    ExperimentData data = data(variant, seed);
    TrainingData asked = TrainingData.of(data, settings.spaces(), seed);
    float[] interactions = data.rows().interactions(data.training().interactions());
    TrainingData material = asked.with(variant.draw().from(asked.pool(), interactions, seed));
    Texts texts =
        Texts.read(
            models.encoder(),
            texts(material),
            settings.spaces().maxPieces(),
            store.folder().resolve("texts"),
            progress);
    Store own =
        store
            .within(Fingerprint.of(data))
            .within(settings.toString())
            .within(variant.draw() + " seed " + seed);
    EmbeddingSpaces spaces =
        new EmbeddingSpaces(material, texts, settings.spaces(), own, seed, progress);
    TrialGenerator generator = TrialGenerator.of(models.generator(), settings.trials());
    return new SeedRun(material, texts, spaces, generator, own, seed, progress);
  }

  private ExperimentData data(DataVariant variant, long seed) {
    return variant.withheld() == 0
        ? ExperimentData.split(dataset, settings.split(), seed)
        : ExperimentData.withhold(dataset, settings.split(), seed, variant.withheld());
  }

  /** All that is ever read: items, queries learned from, queries asked. */
  private static Set<String> texts(TrainingData material) {
    Set<String> texts = new LinkedHashSet<>(material.itemTexts());
    texts.addAll(material.pool().queries());
    texts.addAll(material.askedQueries());
    return texts;
  }
}
