package io.sidestream.experiments.lab;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.published.PublishedModels;
import io.sidestream.experiments.spaces.LearningMaterial;
import io.sidestream.experiments.spaces.Spaces;
import io.sidestream.experiments.spaces.Texts;
import io.sidestream.experiments.store.Store;
import io.sidestream.experiments.trials.Bench;
import io.sidestream.experiments.trials.TrialGenerator;
import io.sidestream.trainer.TrainingProgress;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Makes a bench of a data set, a variant and a seed. */
record Preparation(
    DatasetByKind dataset,
    ExperimentSettings settings,
    PublishedModels models,
    Store store,
    TrainingProgress progress) {

  Bench bench(Variant variant, long seed) throws IOException {
    ExperimentData data = data(variant, seed);
    LearningMaterial asked = LearningMaterial.of(data, settings.spaces(), seed);
    float[] interactions = data.rows().interactions(data.training().interactions());
    LearningMaterial material = asked.with(variant.draw().from(asked.pool(), interactions, seed));
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
    Spaces spaces = new Spaces(material, texts, settings.spaces(), own, seed, progress);
    TrialGenerator generator = TrialGenerator.of(models.generator(), settings.trials());
    return new Bench(material, texts, spaces, generator, own, seed, progress);
  }

  private ExperimentData data(Variant variant, long seed) {
    return variant.withheld() == 0
        ? ExperimentData.split(dataset, settings.split(), seed)
        : ExperimentData.withhold(dataset, settings.split(), seed, variant.withheld());
  }

  /** All that is ever read: items, queries learned from, queries asked. */
  private static Set<String> texts(LearningMaterial material) {
    Set<String> texts = new LinkedHashSet<>(material.itemTexts());
    texts.addAll(material.pool().queries());
    texts.addAll(material.askedQueries());
    return texts;
  }
}
