package io.sidestream.experiments.lab;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.experiments.data.Asked;
import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.spaces.LearningMaterial;
import io.sidestream.experiments.spaces.Spaces;
import io.sidestream.experiments.spaces.Texts;
import io.sidestream.experiments.store.Store;
import io.sidestream.experiments.trials.Bench;
import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.trainer.TrainingProgress;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Makes a bench of a data set, a variant and a seed. */
record Preparation(
    DatasetByKind dataset, ExperimentSettings settings, Store store, TrainingProgress progress) {

  Bench bench(Variant variant, long seed) throws IOException {
    ExperimentData data = data(variant, seed);
    LearningMaterial asked = LearningMaterial.of(data, settings.spaces(), seed);
    float[] interactions = data.rows().interactions(data.training().interactions());
    LearningMaterial material = asked.with(variant.draw().from(asked.pool(), interactions, seed));
    Texts texts =
        Texts.read(
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
    return new Bench(material, texts, spaces, settings.trials(), own, seed, progress);
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
    Stream.of(material.data().validation(), material.data().test())
        .flatMap(List::stream)
        .map(CaseGroup::cases)
        .flatMap(List::stream)
        .forEach(one -> one.asked().fold(query -> texts.add(normalized(query)), history -> false));
    return texts;
  }

  private static String normalized(Asked.Query query) {
    return NormalizedQuery.of(query.text());
  }
}
