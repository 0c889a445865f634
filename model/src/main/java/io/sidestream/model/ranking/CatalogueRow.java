package io.sidestream.model.ranking;

import io.sidestream.model.generator.Task;
import io.sidestream.model.terms.TermCounts;
import io.sidestream.schemas.ItemId;
import java.util.Optional;

/**
 * One item of a catalogue, without its vector.
 *
 * @param codes shape [level]; not copied, since each new catalogue reads those of all its rows
 * @param corpusRow its row in the training corpus, or {@link #NEW}
 * @param logInteractions log(1 + interactions in the training corpus)
 * @param logSearches log(1 + clicks for queries in the training corpus)
 * @param text of an item that came or changed after the training; the corpus has that of others
 */
record CatalogueRow(
    ItemId item,
    int[] codes,
    int corpusRow,
    float logInteractions,
    float logSearches,
    Optional<RowText> text) {
  /** Row of an item added after training. */
  static final int NEW = -1;

  /** What search by words finds an item by. */
  record RowText(String title, TermCounts counts) {}

  /** Whether it is without interactions or clicks in the training corpus. */
  boolean isCold() {
    return logInteractions == 0 && logSearches == 0;
  }

  float logPopularity(Task task) {
    return task == Task.SEARCH ? logSearches : logInteractions;
  }
}
