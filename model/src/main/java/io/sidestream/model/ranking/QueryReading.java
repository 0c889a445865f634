package io.sidestream.model.ranking;

import io.sidestream.model.terms.Spelling;
import io.sidestream.model.terms.TermIndex;
import java.util.List;

/** How the words of a query are read. */
public enum QueryReading {
  /** As they stand. */
  AS_TYPED,

  /**
   * A word that no text has as the known word that is one typing error away, where there is one.
   */
  AS_MEANT;

  /** What reads words by these indexes so. */
  Spelling of(List<TermIndex> indexes) {
    return this == AS_MEANT ? Spelling.of(indexes) : Spelling.NONE;
  }
}
