package io.sidestream.learning.corpus;

import io.sidestream.model.terms.LoggedQueries;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.ArrayList;
import java.util.List;

/** Builds the query log of a generation from the pair counts of its training corpus. */
public final class QueryLog {
  private QueryLog() {}

  /** The query log of a corpus without held-out events; items by row. */
  public static TermIndex of(Corpus training) {
    return TermIndex.of(training.items().size(), found(training));
  }

  /** The queries of it that explanations may name. */
  public static LoggedQueries named(Corpus training) {
    return LoggedQueries.of(training.items().size(), found(training));
  }

  private static List<TermIndex.Text> found(Corpus training) {
    ItemRows rows = new ItemRows(training.items());
    List<TermIndex.Text> found = new ArrayList<>();
    for (PairCount count : training.counts()) {
      if (count.pair() instanceof Pair.QueryItem pair) {
        rows.row(pair.item())
            .ifPresent(row -> found.add(new TermIndex.Text(pair.query(), row, count.total())));
      }
    }
    return found;
  }
}
