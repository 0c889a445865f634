package io.sidestream.ingest.trigger;

import io.sidestream.schemas.CorpusOffsets;
import java.util.Collection;

/** Where an item's last record lies on its topic. */
record ItemPlace(int partition, long offset) {
  /** Whether any of these corpora holds the item as it is now. */
  boolean coveredByAny(Collection<CorpusOffsets> corpora, String itemsTopic) {
    return corpora.stream().anyMatch(corpus -> corpus.covers(itemsTopic, partition, offset));
  }
}
