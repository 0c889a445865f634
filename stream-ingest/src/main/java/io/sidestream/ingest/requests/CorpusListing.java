package io.sidestream.ingest.requests;

import io.sidestream.schemas.CorpusOffsets;
import java.io.Serializable;

/** Lists where the topics of a corpus end now, the counts first. */
@FunctionalInterface
interface CorpusListing extends Serializable {
  /** The first offsets that are not part of a corpus taken now. */
  CorpusOffsets list() throws Exception;
}
