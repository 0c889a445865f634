package io.sidestream.trainer;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import java.time.Instant;
import java.util.Optional;

/**
 * Which generation a training is to make, and on whose behalf.
 *
 * @param live the generation that serves now: the new one's parent, and what it is compared with
 * @param offsets where the corpus ends
 * @param requestedAt when the training was asked for; the only time in the manifest
 */
record TrainingJob(
    Generation generation,
    String catalogue,
    Optional<GenerationAnnouncement> live,
    CorpusOffsets offsets,
    Instant requestedAt) {}
