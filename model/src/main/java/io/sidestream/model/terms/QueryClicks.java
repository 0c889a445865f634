package io.sidestream.model.terms;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import io.sidestream.schemas.StableHash;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * How often each item was clicked after a query, the query taken as a whole. Immutable,
 * thread-safe.
 *
 * <p>Legend: q query; e entry, an item that was clicked after a query; the entries of query q are
 * starts[q] to starts[q + 1] - 1, by item. Items are rows of the generation's assignments.
 */
public final class QueryClicks {
  /*
   *   score(q, i) = ln(1 + clicks(q, i))
   *
   * What was clicked after the very same query says more than its terms do, which other queries
   * share: users' clicks are the strongest features of a ranking where there are some [1]. Queries
   * of the same terms in the same order are the same. A query is kept as a hash of 64 bits, since a
   * bundle need not say what users typed; of a million queries two share one with a probability of
   * 3e-8.
   *
   * [1] Agichtein, Brill and Dumais 2006, Improving Web Search Ranking by Incorporating User
   * Behavior Information
   */

  /** Most entries, those clicked most. */
  public static final int MAX_ENTRIES = 1_000_000;

  private static final long SEED = 0;

  private final int items;
  private final long[] queries; // [q], ascending
  private final int[] starts; // [q], one more at the end
  private final int[] rows; // [e]
  private final int[] counts; // [e]

  /**
   * The clicks, as a bundle holds them.
   *
   * @param items number of items in the assignments
   * @param queries the hash of each, ascending
   * @param starts where the entries of each begin, and where the last ones end
   * @param rows the item of each entry
   * @param counts how often it was clicked after the query, above 0
   */
  public QueryClicks(int items, long[] queries, int[] starts, int[] rows, int[] counts) {
    this.items = items;
    this.queries = queries.clone();
    this.starts = starts.clone();
    this.rows = rows.clone();
    this.counts = counts.clone();
    checkEqual(starts.length, queries.length + 1L, "clicked queries have %d offsets");
    checkEqual(counts.length, rows.length, "clicked items have %d counts");
    check(
        starts[0] == 0 && starts[queries.length] == rows.length,
        "clicked queries end at %d of %d",
        starts[queries.length],
        rows.length);
    for (int query = 0; query < queries.length; query++) {
      check(starts[query] < starts[query + 1], "clicked query %d has no items", query);
      check(
          query == 0 || queries[query - 1] < queries[query],
          "clicked query %d is not sorted",
          query);
    }
    for (int entry = 0; entry < rows.length; entry++) {
      check(
          rows[entry] >= 0 && rows[entry] < items && counts[entry] > 0,
          "item %d of %d was clicked %d times",
          rows[entry],
          items,
          counts[entry]);
    }
  }

  /** None, of a bundle of an earlier version. */
  public static QueryClicks none(int items) {
    return new QueryClicks(items, new long[0], new int[1], new int[0], new int[0]);
  }

  /** The clicks that these queries led to; those with the same terms count together. */
  public static QueryClicks of(int items, Collection<TermIndex.Text> found) {
    QueryClicksDraft draft = new QueryClicksDraft(items);
    found.forEach(draft::add);
    return draft.build();
  }

  /** The hash of a query's terms in their order, or of all of it where it has none. */
  static long hash(String query) {
    List<String> terms = Terms.all(query);
    return StableHash.of(terms.isEmpty() ? Terms.normalized(query) : String.join(" ", terms), SEED);
  }

  /** ln(1 + clicks) of the items that were clicked after a query. */
  public SparseScores matches(String query) {
    SparseScores scores = new SparseScores();
    int at = Arrays.binarySearch(queries, hash(query));
    for (int entry = at < 0 ? 0 : starts[at]; at >= 0 && entry < starts[at + 1]; entry++) {
      scores.add(rows[entry], Math.log1p(counts[entry]));
    }
    return scores;
  }

  /** Number of items in the assignments. */
  public int items() {
    return items;
  }

  /** The hash of each query, a copy. */
  public long[] queries() {
    return queries.clone();
  }

  /** Where the entries of each query begin, and where the last ones end; a copy. */
  public int[] starts() {
    return starts.clone();
  }

  /** The item of each entry, a copy. */
  public int[] rows() {
    return rows.clone();
  }

  /** How often the item of each entry was clicked, a copy. */
  public int[] counts() {
    return counts.clone();
  }
}
