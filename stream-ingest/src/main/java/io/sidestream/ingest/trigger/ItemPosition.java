package io.sidestream.ingest.trigger;

import io.sidestream.schemas.CorpusOffsets;
import java.util.Collection;

/** Coordinates of an item's last record on its topic. */
record ItemPosition(int partition, long offset) {
  /** Whether any of these corpora holds the item in its current form. */
  boolean coveredByAny(Collection<CorpusOffsets> corpora, String itemsTopic) {
    return corpora.stream().anyMatch(corpus -> corpus.covers(itemsTopic, partition, offset));
  }
}
