package io.sidestream.trainer;

import io.sidestream.learning.generation.CandidateGeneration;
import io.sidestream.learning.generation.ExportedGenerator;
import io.sidestream.learning.generation.LibraryVersions;
import io.sidestream.learning.generation.Parity;
import io.sidestream.learning.generation.TextEmbeddings;
import io.sidestream.learning.generation.TrainedTowers;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.Probes;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.GenerationAnnouncement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All that a manifest says, before the hashes of the files are known. */
final class ManifestBuilder {
  private static final int PROBES = 8;

  private ManifestBuilder() {}

  static Manifest of(CandidateGeneration learned, GateEvaluation judgement, TrainingJob order) {
    TrainedTowers space = learned.space();
    ExportedGenerator generator = learned.generator();
    return new Manifest(
        order.generation(),
        shapes(learned),
        learned.ranking(),
        provenance(learned.settings(), order),
        new Manifest.Quality(
            judgement.metrics(),
            Map.of(
                Parity.TOWERS.label(),
                space.parity(),
                Parity.GENERATOR.label(),
                generator.parity()),
            judgement.verdict().accepted(),
            judgement.verdict().reason()),
        Probes.of(
            spread(learned.texts().texts()),
            generator.encoder(),
            space.towers(),
            learned.coded().codebook()),
        Map.of());
  }

  private static Manifest.Shapes shapes(CandidateGeneration learned) {
    Towers towers = learned.space().towers();
    return new Manifest.Shapes(
        TextEmbeddings.TEMPLATE.version(),
        towers.textDimensions(),
        learned.settings().maxTokens(),
        towers.dimensions(),
        towers.collaborativeDimensions(),
        learned.coded().codebook().shape(),
        learned.generator().shape(),
        learned.texts().rows().size());
  }

  private static Manifest.Provenance provenance(TrainingSettings settings, TrainingJob order) {
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
