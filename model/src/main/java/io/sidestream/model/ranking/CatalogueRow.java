package io.sidestream.model.ranking;

import io.sidestream.model.generator.Task;
import io.sidestream.schemas.ItemId;

/**
 * One item of a catalogue but for its vector.
 *
 * @param codes shape [level], not to be changed
 * @param corpusRow its row in the corpus, or {@link #NEW}
 * @param logInteractions logarithm of one more than its interactions in the corpus
 * @param logSearches logarithm of one more than its searches in the corpus
 */
record CatalogueRow(
    ItemId item, int[] codes, int corpusRow, float logInteractions, float logSearches) {
  /** For an item that the corpus did not hold. */
  static final int NEW = -1;

  /** Whether the corpus saw nobody meet or find it. */
  boolean fresh() {
    return logInteractions == 0 && logSearches == 0;
  }

  float logPopularity(Task task) {
    return task == Task.SEARCH ? logSearches : logInteractions;
  }
}
