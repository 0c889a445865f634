package io.sidestream.model.querylog;

import static io.sidestream.schemas.Checks.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Inverted index of a query log: term → items clicked for queries with that term, scored by BM25.
 * Built from the searches that a generation was trained on. Immutable, thread-safe.
 *
 * <p>Legend: w term, sorted; p posting; the postings of term w are starts[w] to starts[w + 1] - 1,
 * highest weight first, then by item. Items are rows of the generation's assignments.
 */
public final class QueryLogIndex {
  /*
   * BM25 where an item's document is all queries that led to a click on it, repeated by their
   * clicks:
   *
   *   weight(w, i)  = tf / (tf + k1 (1 - b + b length(i) / mean length))        in [0, 1]
   *   idf(w)        = ln(1 + (N - n(w) + 1/2) / (n(w) + 1/2))                   above 0
   *   score(q, i)   = sum over terms of q of idf(w) weight(w, i) / sum over terms of q of idf(w)
   *
   * N counts the items with any click, n(w) those with a click for a query with the term. The
   * constant factor k1 + 1 cancels in the division by the best possible score. Dividing by that
   * score, not by the top one, gives the matched share of the query, so that one ranking weight
   * fits all queries: one rare click on a single term of a long query counts less than a term with
   * many clicks. Terms that are not in the log count in the denominator alone.
   *
   * [1] Robertson & Zaragoza 2009, The Probabilistic Relevance Framework, section 3
   */

  /** Term frequency saturation. */
  public static final double K1 = 1.2;

  /** Document length normalization, 0 to 1. */
  public static final double B = 0.75;

  /** Most distinct terms of a query that are scored, the first ones. */
  public static final int MAX_QUERY_TERMS = 256;

  /** Most postings of a term that are read, those of highest weight. */
  public static final int MAX_POSTINGS = 10_000;

  private final int items;
  private final List<String> terms; // [w]
  private final int[] starts; // [w], one more at the end
  private final int[] rows; // [p]
  private final float[] weights; // [p]
  private final double[] idf; // [w]
  private final double unknown; // idf of a term that is not in the log

  /**
   * Clicks on one item for one query.
   *
   * @param item its row in the assignments
   * @param count 1 or more
   */
  public record Clicks(String query, int item, long count) {
    public Clicks {
      check(item >= 0 && count > 0, "item %d has %d clicks, expected 1 or more", item, count);
    }
  }

  /**
   * The index with these postings, as a bundle holds it.
   *
   * @param items number of items in the assignments
   */
  public QueryLogIndex(int items, List<String> terms, int[] starts, int[] rows, float[] weights) {
    this.items = items;
    this.terms = List.copyOf(terms);
    this.starts = starts.clone();
    this.rows = rows.clone();
    this.weights = weights.clone();
    checkTerms();
    checkPostings();
    int clicked = clickedItems();
    this.unknown = idf(clicked, 0);
    this.idf = new double[terms.size()];
    for (int term = 0; term < idf.length; term++) {
      idf[term] = idf(clicked, starts[term + 1] - starts[term]);
    }
  }

  private void checkTerms() {
    check(
        starts.length == terms.size() + 1
            && starts[0] == 0
            && starts[terms.size()] == rows.length
            && rows.length == weights.length,
        "%d terms have %d posting offsets, %d items, %d weights",
        terms.size(),
        starts.length,
        rows.length,
        weights.length);
    for (int term = 0; term < terms.size(); term++) {
      check(starts[term] < starts[term + 1], "term %d has no postings", term);
      check(
          term == 0 || terms.get(term - 1).compareTo(terms.get(term)) < 0,
          "term %d is not sorted",
          term);
    }
  }

  private void checkPostings() {
    for (int posting = 0; posting < rows.length; posting++) {
      int row = rows[posting];
      float weight = weights[posting];
      check(row >= 0 && row < items, "a posting is of item %d of %d", row, items);
      check(weight > 0 && weight <= 1, "item %d has weight %s, expected 0 to 1", row, weight);
    }
    for (int term = 0; term < terms.size(); term++) {
      for (int p = starts[term] + 1; p < starts[term + 1]; p++) {
        check(
            weights[p - 1] > weights[p] || (weights[p - 1] == weights[p] && rows[p - 1] < rows[p]),
            "postings of term %d are not sorted",
            term);
      }
    }
  }

  private int clickedItems() {
    BitSet clicked = new BitSet(items);
    for (int row : rows) {
      clicked.set(row);
    }
    return clicked.cardinality();
  }

  private static double idf(int items, int withTerm) {
    return Math.log1p((items - withTerm + 0.5) / (withTerm + 0.5));
  }

  /** The index of these clicks, in any order; one query and item may come more than once. */
  public static QueryLogIndex of(int items, Collection<Clicks> clicks) {
    QueryLogIndexDraft draft = new QueryLogIndexDraft(items);
    clicks.forEach(draft::add);
    return draft.build();
  }

  /**
   * BM25 of each item for a query, over the best score possible, in [0, 1]; 0 for an item whose
   * queries share no term with it. The query is normalized first. Shape: [item].
   */
  public double[] scores(String query) {
    double[] scores = new double[items];
    TreeSet<String> queryTerms = new TreeSet<>(QueryWords.first(query, MAX_QUERY_TERMS));
    List<Integer> known = new ArrayList<>(queryTerms.size());
    double best = 0;
    for (String term : queryTerms) {
      int at = Collections.binarySearch(terms, term);
      best += at < 0 ? unknown : idf[at];
      if (at >= 0) {
        known.add(at);
      }
    }
    for (int term : known) {
      add(scores, term, idf[term] / best);
    }
    return scores;
  }

  private void add(double[] scores, int term, double share) {
    int end = Math.min(starts[term + 1], starts[term] + MAX_POSTINGS);
    for (int posting = starts[term]; posting < end; posting++) {
      scores[rows[posting]] += share * weights[posting];
    }
  }

  /** Number of items in the assignments. */
  public int items() {
    return items;
  }

  /** The terms, sorted. */
  public List<String> terms() {
    return terms;
  }

  /** Where the postings of each term begin, and where the last ones end; a copy. */
  public int[] starts() {
    return starts.clone();
  }

  /** The item of each posting, a copy. */
  public int[] rows() {
    return rows.clone();
  }

  /** The weight of each posting, a copy. */
  public float[] weights() {
    return weights.clone();
  }
}
