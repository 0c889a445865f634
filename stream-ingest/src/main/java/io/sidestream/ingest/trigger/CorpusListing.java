package io.sidestream.ingest.trigger;

import io.sidestream.schemas.CorpusOffsets;
import java.io.Serializable;

/** Says where the topics of a corpus end now, the counts first, and how far counting came. */
interface CorpusListing extends Serializable {
  /** The first offsets that are not part of a corpus taken now. */
  CorpusOffsets list() throws Exception;

  /** Whether the counting job has a checkpoint in which all events before these offsets count. */
  boolean counted(CorpusOffsets events) throws Exception;
}
