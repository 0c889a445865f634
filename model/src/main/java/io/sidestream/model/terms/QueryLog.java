package io.sidestream.model.terms;

import static io.sidestream.schemas.Checks.checkEqual;

import java.util.Collection;

/**
 * The queries that led to a click on an item, as of a generation's training.
 *
 * @param terms where each of their terms led
 * @param clicks where each query as a whole led
 * @param named those that may be named in explanations
 */
public record QueryLog(TermIndex terms, QueryClicks clicks, LoggedQueries named) {
  public QueryLog {
    checkEqual(clicks.items(), terms.items(), "clicks are of %d items");
    checkEqual(named.items(), terms.items(), "logged queries are of %d items");
  }

  /** The log of these queries, each of which is given once for an item. */
  public static QueryLog of(int items, Collection<TermIndex.Text> found) {
    return new QueryLog(
        TermIndex.of(items, found), QueryClicks.of(items, found), LoggedQueries.of(items, found));
  }

  /** Number of items in the assignments. */
  public int items() {
    return terms.items();
  }
}
