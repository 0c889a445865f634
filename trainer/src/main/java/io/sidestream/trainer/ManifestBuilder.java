package io.sidestream.trainer;

import io.sidestream.learning.generation.CandidateGeneration;
import io.sidestream.learning.generation.CodedCorpus;
import io.sidestream.learning.generation.ExportedGenerator;
import io.sidestream.learning.generation.LibraryVersions;
import io.sidestream.learning.generation.Parity;
import io.sidestream.learning.generation.TrainedTowers;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.AssignedCodes;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.Probes;
import io.sidestream.model.ranking.ExpectedAnswers;
import io.sidestream.model.ranking.Neighbours;
import io.sidestream.schemas.GenerationAnnouncement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds a manifest, before the hashes of the files are known. */
final class ManifestBuilder {
  private static final int PROBES = 8;

  private ManifestBuilder() {}

  static Manifest of(CandidateGeneration candidate, GateEvaluation evaluation, TrainingJob job)
      throws IOException {
    TrainedTowers space = candidate.space();
    ExportedGenerator generator = candidate.generator();
    return new Manifest(
        job.generation(),
        candidate.shapes(),
        candidate.ranking(),
        provenance(candidate.settings(), job),
        new Manifest.Quality(
            evaluation.metrics(),
            Map.of(
                Parity.TOWERS.label(),
                space.parity(),
                Parity.GENERATOR.label(),
                generator.parity()),
            evaluation.verdict().accepted(),
            evaluation.verdict().reason()),
        Probes.of(
            spread(candidate.texts().texts()),
            generator.encoder(),
            space.towers(),
            candidate.coded().codebook()),
        Optional.of(expected(candidate)),
        candidate.coded().alignment(),
        candidate.warmStart(),
        Map.of());
  }

  private static Manifest.Expected expected(CandidateGeneration candidate) {
    CodedCorpus coded = candidate.coded();
    return new Manifest.Expected(
        AssignedCodes.error(coded.codebook(), coded.assignments()),
        ExpectedAnswers.of(
            spread(candidate.texts().texts()),
            candidate.answering(Neighbours.NONE),
            candidate.catalogue()));
  }

  private static Manifest.Provenance provenance(TrainingSettings settings, TrainingJob job)
      throws IOException {
    return new Manifest.Provenance(
        job.catalogue(),
        job.live().map(GenerationAnnouncement::generation),
        job.offsets(),
        job.requestedAt().toEpochMilli(),
        settings.seed(),
        settings.asText(),
        LibraryVersions.current(settings));
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
