package io.sidestream.learning.corpus;

import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.schemas.pairs.ClickCounts;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.ArrayList;
import java.util.List;

/** Builds the query log of a generation from the pair counts of its training corpus. */
public final class QueryLogs {
  private QueryLogs() {}

  /** The query log of a corpus without held-out events; items by row. */
  public static QueryLog of(Corpus training) {
    ItemRows rows = new ItemRows(training.items());
    List<TermIndex.Text> found = new ArrayList<>();
    for (PairCount count : training.counts()) {
      if (count.pair() instanceof Pair.QueryItem pair) {
        rows.row(pair.item())
            .ifPresent(row -> found.add(new TermIndex.Text(pair.query(), row, count.total())));
      }
    }
    return QueryLog.of(training.items().size(), found);
  }

  /** What was clicked after each query of a corpus. */
  public static ClickCounts clicks(Corpus training) {
    ClickCounts clicks = new ClickCounts();
    for (PairCount count : training.counts()) {
      if (count.pair() instanceof Pair.QueryItem pair) {
        clicks.add(pair, count.total());
      }
    }
    return clicks;
  }
}
