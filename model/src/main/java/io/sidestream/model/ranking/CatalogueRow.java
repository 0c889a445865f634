package io.sidestream.model.ranking;

import io.sidestream.model.generator.Task;
import io.sidestream.model.terms.TermCounts;
import io.sidestream.model.terms.Titles;
import io.sidestream.schemas.ItemId;
import java.util.Optional;

/**
 * One item of a catalogue, without its vector.
 *
 * @param codes shape [level]; not copied
 * @param corpusRow its row in the training corpus, or {@link #NEW}
 * @param isCold whether it is without interactions or clicks in the training corpus
 * @param logInteractions log(1 + interactions in the training corpus); of a cold item, predicted
 * @param logSearches log(1 + clicks for queries in the training corpus); of a cold item, predicted
 * @param text of an item that came or changed after the training; the corpus has that of others
 */
record CatalogueRow(
    ItemId item,
    int[] codes,
    int corpusRow,
    boolean isCold,
    float logInteractions,
    float logSearches,
    Optional<RowText> text) {
  /** Row of an item added after training. */
  static final int NEW = -1;

  /** What search by words finds an item by. */
  record RowText(Titles.Keys titles, TermCounts counts) {}

  /** The text of a row that has one of its own. */
  RowText ownText() {
    return text.orElseThrow();
  }

  /** Of what training met; 0 for a cold item. */
  float logPopularity(Task task) {
    return isCold ? 0 : log(task);
  }

  /** Of what it did not meet; 0 for all but cold items. */
  float predictedLogPopularity(Task task) {
    return isCold ? log(task) : 0;
  }

  private float log(Task task) {
    return task == Task.SEARCH ? logSearches : logInteractions;
  }
}
