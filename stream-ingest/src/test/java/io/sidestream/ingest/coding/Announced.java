package io.sidestream.ingest.coding;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Announcements for tests. */
final class Announced {
  static final String ITEMS = Topics.DEFAULT.items().name();
  private static final String HASH = "0".repeat(64);

  private Announced() {}

  /** A candidate whose corpus ends at an offset of the first partition. */
  static GenerationAnnouncement candidate(long number, long itemsEnd) {
    return new GenerationAnnouncement(
        new Generation(number),
        GenerationState.CANDIDATE,
        "trained",
        HASH,
        Optional.empty(),
        new CorpusOffsets(Map.of(ITEMS, Map.of(0, itemsEnd))),
        Map.of(),
        Instant.EPOCH);
  }
}
