package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;

/**
 * The record key of a pair: text, its parts separated by tabs, which neither ids nor normalized
 * queries hold. Items: {@code i, low, high}; query and item: {@code q, item, query}.
 */
public final class PairKey {
  private static final String SEPARATOR = "\t";
  private static final String ITEMS = "i";
  private static final String QUERY = "q";
  private static final int PARTS = 3;

  private PairKey() {}

  /** The key of a pair. */
  public static String of(Pair pair) {
    return pair.fold(
        items -> String.join(SEPARATOR, ITEMS, items.low().value(), items.high().value()),
        query -> String.join(SEPARATOR, QUERY, query.item().value(), query.query()));
  }

  /**
   * The pair of a key that {@link #of} made.
   *
   * @throws IllegalArgumentException when it is not such a key
   */
  public static Pair parse(String key) {
    String[] parts = key.split(SEPARATOR, PARTS);
    check(
        parts.length == PARTS && (parts[0].equals(ITEMS) || parts[0].equals(QUERY)),
        "pair key is \"%s\", expected i or q and two parts, separated by tabs",
        key);
    return parts[0].equals(ITEMS)
        ? new Pair.ItemItem(new ItemId(parts[1]), new ItemId(parts[2]))
        : new Pair.QueryItem(parts[2], new ItemId(parts[1]));
  }

  /** The part of a key that the pairs of one row share: all before the second separator. */
  public static String row(String key) {
    return key.substring(0, endOfRow(key));
  }

  /** The row of the pairs of an item with those that sort after it. */
  public static String rowOfItems(String low) {
    return ITEMS + SEPARATOR + low;
  }

  /** The rest of a key behind its row. */
  public static String entry(String key) {
    return key.substring(endOfRow(key) + 1);
  }

  private static int endOfRow(String key) {
    int end = key.indexOf(SEPARATOR, key.indexOf(SEPARATOR) + 1);
    check(end > 0, "pair key is \"%s\", expected two tabs", key);
    return end;
  }
}
