package io.sidestream.model.ranking;

import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.LoggedQueries;
import io.sidestream.model.terms.TermIndex;
import java.util.List;

/**
 * What the words of a query are looked up in.
 *
 * @param logged the queries of the query log that can be named
 */
record WordIndexes(TermIndex queryLog, LoggedQueries logged, ItemTexts itemTexts) {
  static WordIndexes of(OpenGeneration generation) {
    return new WordIndexes(
        generation.queryLog(), generation.loggedQueries(), generation.itemTexts());
  }

  /** Of which no query can be named. */
  static WordIndexes of(TermIndex queryLog, ItemTexts itemTexts) {
    return new WordIndexes(queryLog, LoggedQueries.none(queryLog.items()), itemTexts);
  }

  /** All of them, to know words by. */
  List<TermIndex> all() {
    return List.of(itemTexts.terms(), queryLog);
  }
}
