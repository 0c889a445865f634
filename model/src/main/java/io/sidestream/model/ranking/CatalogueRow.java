package io.sidestream.model.ranking;

import io.sidestream.model.generator.Task;
import io.sidestream.schemas.ItemId;

/**
 * One item of a catalogue, without its vector.
 *
 * @param codes shape [level]; not copied, since each new catalogue reads those of all its rows
 * @param corpusRow its row in the training corpus, or {@link #NEW}
 * @param logInteractions log(1 + interactions in the training corpus)
 * @param logSearches log(1 + clicks for queries in the training corpus)
 */
record CatalogueRow(
    ItemId item, int[] codes, int corpusRow, float logInteractions, float logSearches) {
  /** Row of an item added after training. */
  static final int NEW = -1;

  /** Whether it is without interactions or clicks in the training corpus. */
  boolean isCold() {
    return logInteractions == 0 && logSearches == 0;
  }

  float logPopularity(Task task) {
    return task == Task.SEARCH ? logSearches : logInteractions;
  }
}
