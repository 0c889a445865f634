package io.sidestream.model.ranking;

/** How the words of a query are read. */
public enum QueryReading {
  /** As they stand. */
  AS_TYPED,

  /**
   * A word that no text has as the known word that is one typing error away, where there is one.
   */
  AS_MEANT
}
