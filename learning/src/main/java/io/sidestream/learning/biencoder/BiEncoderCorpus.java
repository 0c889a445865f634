package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkAboveZero;
import static io.sidestream.schemas.Checks.checkEqual;

import java.util.List;

/**
 * The training data of the bi-encoder. Items are named by their row, queries by their index in the
 * list of distinct queries. Arrays are not copied: they hold every vector of the catalogue, and the
 * caller hands them over.
 *
 * <p>Legend: N items, Q distinct queries, E text dimensions, C collaborative dimensions.
 *
 * @param texts of the items (N); read only when layers train, and then as many as there are items
 * @param textVectors unit vectors of the items' texts by the pretrained encoder, shape [N][E]
 * @param collaborative shape [N][C]; all zero for an item without events
 * @param queries texts (Q); read only when layers train
 * @param queryVectors unit vectors of the queries' texts by the pretrained encoder, shape [Q][E]
 * @param queryItems pairs of a query and an item that was chosen for it
 * @param itemItems pairs of co-occurring items
 * @param nextItems pairs of a history and the item that followed it
 * @param interacted whether an item has interactions (N); others have their text alone, and learn
 *     no embedding
 */
public record BiEncoderCorpus(
    List<String> texts,
    float[][] textVectors,
    float[][] collaborative,
    List<String> queries,
    float[][] queryVectors,
    List<QueryItem> queryItems,
    List<ItemItem> itemItems,
    List<HistoryItem> nextItems,
    boolean[] interacted) {

  /**
   * An item chosen for a query.
   *
   * @param weight above 0; how often the pair is drawn relative to other pairs of its kind
   */
  public record QueryItem(int query, int row, double weight) {
    public QueryItem {
      checkWeight(weight);
    }
  }

  /**
   * Two different items of one session window, in no order.
   *
   * @param weight above 0; how often the pair is drawn relative to other pairs of its kind
   */
  public record ItemItem(int row, int other, double weight) {
    public ItemItem {
      check(row != other, "item %d goes with itself, expected two items", row);
      checkWeight(weight);
    }
  }

  /**
   * The item that followed a history.
   *
   * @param history rows, oldest first, at least one
   * @param weight above 0; how often the pair is drawn relative to other pairs of its kind
   */
  public record HistoryItem(List<Integer> history, int row, double weight) {
    public HistoryItem {
      history = List.copyOf(history);
      check(!history.isEmpty(), "history before item %d is empty", row);
      checkWeight(weight);
    }
  }

  public BiEncoderCorpus {
    texts = List.copyOf(texts);
    queries = List.copyOf(queries);
    queryItems = List.copyOf(queryItems);
    itemItems = List.copyOf(itemItems);
    nextItems = List.copyOf(nextItems);
    check(textVectors.length > 0, "corpus has no items, expected 1 or more");
    checkEqual(collaborative.length, textVectors.length, "%d items have collaborative vectors");
    checkEqual(interacted.length, textVectors.length, "%d items have interaction flags");
    checkWidth("text vector", textVectors, textVectors[0].length);
    checkWidth("query vector", queryVectors, textVectors[0].length);
    checkWidth("collaborative vector", collaborative, collaborative[0].length);
    checkPlaces(queryItems, itemItems, nextItems, textVectors.length, queryVectors.length);
  }

  /** N. */
  int items() {
    return textVectors.length;
  }

  /** E. */
  int textDimensions() {
    return textVectors[0].length;
  }

  /** C. */
  int collaborativeDimensions() {
    return collaborative[0].length;
  }

  /** The same pairs with vectors of another text encoder. */
  BiEncoderCorpus with(float[][] newTextVectors, float[][] newQueryVectors) {
    return new BiEncoderCorpus(
        texts,
        newTextVectors,
        collaborative,
        queries,
        newQueryVectors,
        queryItems,
        itemItems,
        nextItems,
        interacted);
  }

  private static void checkWeight(double weight) {
    checkAboveZero(weight, "pair has weight %s");
  }

  private static void checkWidth(String what, float[][] vectors, int width) {
    for (int row = 0; row < vectors.length; row++) {
      check(
          vectors[row].length == width,
          "%s %d has %d dimensions, expected %d",
          what,
          row,
          vectors[row].length,
          width);
    }
  }

  private static void checkPlaces(
      List<QueryItem> queryItems,
      List<ItemItem> itemItems,
      List<HistoryItem> nextItems,
      int items,
      int queries) {
    for (QueryItem pair : queryItems) {
      checkPlace("query", pair.query(), queries);
      checkPlace("item", pair.row(), items);
    }
    for (ItemItem pair : itemItems) {
      checkPlace("item", pair.row(), items);
      checkPlace("item", pair.other(), items);
    }
    for (HistoryItem pair : nextItems) {
      pair.history().forEach(row -> checkPlace("item", row, items));
      checkPlace("item", pair.row(), items);
    }
  }

  private static void checkPlace(String what, int place, int count) {
    check(place >= 0 && place < count, "pair names %s %d of %d", what, place, count);
  }

  /** Whether there is anything to learn from: a pair of at least one kind. */
  public boolean hasPairs() {
    return !queryItems.isEmpty() || !itemItems.isEmpty() || !nextItems.isEmpty();
  }
}
