package io.sidestream.trainer;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.TrainingRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * Identity and provenance of the generation to be trained.
 *
 * @param live the serving generation: parent of the new one, and its comparison in the gate
 * @param refusedSince the last generation after the live one that was rejected or rolled back
 * @param erasedSince users who were erased since the live generation was trained, whose events it
 *     may have learned from
 * @param offsets where the corpus ends
 * @param requestedAt time of the request; the only time in the manifest
 */
record TrainingJob(
    Generation generation,
    String catalogue,
    Optional<GenerationAnnouncement> live,
    Optional<Generation> refusedSince,
    int erasedSince,
    CorpusOffsets offsets,
    Instant requestedAt) {
  /** The job that a request makes. */
  static TrainingJob of(
      Generation generation, TrainingRequest request, GenerationHistory history, int erasedSince) {
    return new TrainingJob(
        generation,
        request.catalogue(),
        history.serving(),
        history.refusedSinceServing(),
        erasedSince,
        request.corpus(),
        request.requestedAt());
  }
}
