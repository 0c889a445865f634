package io.sidestream.model.terms;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import io.sidestream.schemas.Explanation;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The queries that found an item most often, to say which of them speak for it. Immutable.
 *
 * <p>Legend: i item, a row of the assignments; e entry, a query that found an item; the entries of
 * item i are starts[i] to starts[i + 1] - 1, most counted first, then by query.
 */
public final class LoggedQueries {
  /*
   * An item's text in the query log is all queries that found it, so a term's frequency f there is
   * a sum over them, and with the denominator as it is, so is its weight f / (f + s). The frequency
   * is not kept, but f = w s / (1 - w).
   */

  /** Most queries of an item. */
  public static final int MAX_OF_ITEM = 20;

  /** Most entries, those counted most. */
  public static final int MAX_ENTRIES = 200_000;

  /** A query that found an item less often is not kept: it may say who entered it. */
  public static final int MIN_COUNT = 2;

  private final List<String> queries; // [e]
  private final int[] starts; // [i], one more at the end
  private final int[] counts; // [e]
  private final float[] lengths; // [i]

  /**
   * The queries, as a bundle holds them.
   *
   * @param queries of each entry
   * @param counts how often each found its item
   * @param lengths number of terms of all queries that found each item, also of those not kept
   */
  public LoggedQueries(List<String> queries, int[] starts, int[] counts, float[] lengths) {
    this.queries = List.copyOf(queries);
    this.starts = starts.clone();
    this.counts = counts.clone();
    this.lengths = lengths.clone();
    checkEqual(starts.length, lengths.length + 1L, "logged queries have %d offsets");
    checkEqual(counts.length, queries.size(), "logged queries have %d counts");
    check(
        starts[0] == 0 && starts[lengths.length] == counts.length,
        "logged queries end at %d of %d",
        starts[lengths.length],
        counts.length);
    for (int item = 0; item < lengths.length; item++) {
      check(
          starts[item] <= starts[item + 1] && lengths[item] >= 0,
          "logged queries of item %d are %d to %d, of %s terms",
          item,
          starts[item],
          starts[item + 1],
          lengths[item]);
    }
    check(Arrays.stream(counts).allMatch(count -> count > 0), "a logged query is counted 0 times");
  }

  /** None, of a bundle of an earlier version. */
  public static LoggedQueries none(int items) {
    return new LoggedQueries(List.of(), new int[items + 1], new int[0], new float[items]);
  }

  /** The most counted of these queries, each of which is given once for an item. */
  public static LoggedQueries of(int items, Collection<TermIndex.Text> found) {
    LoggedQueriesDraft draft = new LoggedQueriesDraft(items);
    found.forEach(draft::add);
    return draft.build();
  }

  /** Whether a query is kept: found its item often enough, and short enough to be named. */
  static boolean isKept(TermIndex.Text found) {
    return found.count() >= MIN_COUNT && Explanation.Attribution.isName(found.text());
  }

  /**
   * What the kept queries of an item give its score in the query log.
   *
   * @param ofTerms what each term of the request's query gives it
   */
  public Map<String, Double> addends(
      int item, TermIndex index, TermIndex.Query asked, Map<String, Double> ofTerms) {
    double saturation = TermIndex.saturation(lengths[item], index.meanLength());
    Map<String, Double> addends = new TreeMap<>();
    for (int entry = starts[item]; entry < starts[item + 1]; entry++) {
      double sum = 0;
      for (String term : Terms.all(queries.get(entry))) {
        double addend = ofTerms.getOrDefault(term, 0.0);
        if (addend > 0) {
          double weight = addend / asked.share(term);
          sum += addend * counts[entry] * (1 - weight) / (weight * saturation);
        }
      }
      if (sum > 0) {
        addends.put(queries.get(entry), sum);
      }
    }
    return addends;
  }

  /** Number of items in the assignments. */
  public int items() {
    return lengths.length;
  }

  /** The query of each entry. */
  public List<String> queries() {
    return queries;
  }

  /** Where the entries of each item begin, and where the last ones end; a copy. */
  public int[] starts() {
    return starts.clone();
  }

  /** How often the query of each entry found its item, a copy. */
  public int[] counts() {
    return counts.clone();
  }

  /** Number of terms of all queries that found each item, a copy. */
  public float[] lengths() {
    return lengths.clone();
  }
}
