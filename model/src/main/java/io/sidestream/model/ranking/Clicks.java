package io.sidestream.model.ranking;

import io.sidestream.schemas.pairs.ClickedItems;

/** The items that were clicked after each query, as counted up to now. Thread-safe. */
@FunctionalInterface
public interface Clicks {
  /** After no query. */
  Clicks NONE = query -> ClickedItems.NONE;

  /**
   * The items clicked after a query; {@link ClickedItems#NONE} for an unknown one.
   *
   * @param query normalized
   */
  ClickedItems of(String query);
}
