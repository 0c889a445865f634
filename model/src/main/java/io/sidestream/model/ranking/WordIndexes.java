package io.sidestream.model.ranking;

import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.terms.TermIndex;
import java.util.List;

/** What the words of a query are looked up in. */
record WordIndexes(QueryLog queryLog, ItemTexts itemTexts) {
  static WordIndexes of(OpenGeneration generation) {
    return new WordIndexes(generation.queryLog(), generation.itemTexts());
  }

  /** All of them, to know words by. */
  List<TermIndex> all() {
    return List.of(itemTexts.terms(), queryLog.terms());
  }
}
