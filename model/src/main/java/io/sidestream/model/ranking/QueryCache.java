package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.check;

/**
 * How many queries a retriever keeps the vectors of, and who learns whether one was kept.
 *
 * @param most queries; 0 for none
 * @param hit called for each query that was kept; by several threads
 * @param miss called for each that was encoded
 */
public record QueryCache(int most, Runnable hit, Runnable miss) {
  /** Each query is encoded. */
  public static final QueryCache NONE = new QueryCache(0, () -> {}, () -> {});

  public QueryCache {
    check(most >= 0, "cache of %d queries, expected 0 or more", most);
  }
}
