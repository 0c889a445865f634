package io.sidestream.trainer;

import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.Probes;
import io.sidestream.schemas.GenerationAnnouncement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All that a manifest says, before the hashes of the files are known. */
final class DraftManifest {
  private static final int PROBES = 8;

  private DraftManifest() {}

  static Manifest of(
      LearnedTexts texts,
      LearnedSpace space,
      CodedCorpus coded,
      LearnedGenerator generator,
      Judgement judgement,
      TrainingSettings settings,
      TrainingOrder order) {
    return new Manifest(
        order.generation(),
        shapes(texts, space, generator, settings),
        judgement.ranking(),
        provenance(settings, order),
        new Manifest.Quality(
            judgement.metrics(),
            Map.of(
                Parity.TOWERS.label(),
                space.parity(),
                Parity.GENERATOR.label(),
                generator.parity()),
            judgement.verdict().accepted(),
            judgement.verdict().reason()),
        Probes.of(spread(texts.texts()), generator.encoder(), space.towers(), coded.codebook()),
        Map.of());
  }

  static Manifest.Shapes shapes(
      LearnedTexts texts,
      LearnedSpace space,
      LearnedGenerator generator,
      TrainingSettings settings) {
    return new Manifest.Shapes(
        LearnedTexts.TEMPLATE.version(),
        space.towers().textDimensions(),
        settings.maxPieces(),
        space.towers().dimensions(),
        space.towers().collaborativeDimensions(),
        settings.codebook(),
        generator.shape(),
        texts.rows().size());
  }

  private static Manifest.Provenance provenance(TrainingSettings settings, TrainingOrder order) {
    return new Manifest.Provenance(
        order.catalogue(),
        order.live().map(GenerationAnnouncement::generation),
        order.offsets(),
        order.requestedAt().toEpochMilli(),
        settings.seed(),
        settings.asText(),
        LibraryVersions.current());
  }

  /** Texts evenly spread over the catalogue. */
  private static List<String> spread(List<String> texts) {
    int step = Math.max(1, texts.size() / PROBES);
    List<String> probes = new ArrayList<>();
    for (int i = 0; i < texts.size() && probes.size() < PROBES; i += step) {
      probes.add(texts.get(i));
    }
    return probes;
  }
}
