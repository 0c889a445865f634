package io.sidestream.learning.corpus;

import io.sidestream.model.querylog.QueryLogIndex;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.ArrayList;
import java.util.List;

/** What a generation remembers of the searches it may learn from: those that the counts hold. */
public final class QueryLog {
  private QueryLog() {}

  /** Of a corpus from which what is held out was taken; items by their row. */
  public static QueryLogIndex of(Corpus training) {
    ItemRows rows = new ItemRows(training.items());
    List<QueryLogIndex.Clicks> found = new ArrayList<>();
    for (PairCount count : training.counts()) {
      if (count.pair() instanceof Pair.QueryItem pair) {
        rows.row(pair.item())
            .ifPresent(
                row -> found.add(new QueryLogIndex.Clicks(pair.query(), row, count.total())));
      }
    }
    return QueryLogIndex.of(rows.size(), found);
  }
}
