package io.sidestream.ingest.trigger;

import io.sidestream.schemas.CorpusOffsets;
import java.io.Serializable;

/**
 * Lists the end offsets of a corpus's topics, counts first, and the progress of the counting job.
 */
interface CorpusListing extends Serializable {
  /** The first offsets that are not part of a corpus taken now. */
  CorpusOffsets list() throws Exception;

  /** Whether a checkpoint of the counting job covers all events before these offsets. */
  boolean counted(CorpusOffsets events) throws Exception;
}
