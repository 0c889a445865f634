package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.schemas.Search;
import java.util.function.Function;

/** A pair whose co-occurrences are counted. */
public sealed interface Pair permits Pair.ItemItem, Pair.QueryItem {
  /** The value of whichever case this is. */
  <T> T fold(Function<ItemItem, T> items, Function<QueryItem, T> query);

  /** Two different items that co-occur in the history of one user; {@code low} sorts first. */
  record ItemItem(ItemId low, ItemId high) implements Pair {
    public ItemItem {
      check(low.compareTo(high) < 0, "items %s and %s are not in order", low, high);
    }

    /** The pair of two different items, in whichever order they are given. */
    public static ItemItem of(ItemId one, ItemId other) {
      return one.compareTo(other) < 0 ? new ItemItem(one, other) : new ItemItem(other, one);
    }

    @Override
    public <T> T fold(Function<ItemItem, T> items, Function<QueryItem, T> query) {
      return items.apply(this);
    }
  }

  /** A query, normalized, and the item clicked for it. */
  record QueryItem(String query, ItemId item) implements Pair {
    public QueryItem {
      check(
          !query.isBlank() && query.length() <= Search.MAX_QUERY,
          "query of a pair has %d characters, expected 1 to %d, not blank",
          query.length(),
          Search.MAX_QUERY);
    }

    /** The pair of a query, which is normalized here, and an item. */
    public static QueryItem of(String query, ItemId item) {
      return new QueryItem(NormalizedQuery.of(query), item);
    }

    @Override
    public <T> T fold(Function<ItemItem, T> items, Function<QueryItem, T> queryItem) {
      return queryItem.apply(this);
    }
  }
}
