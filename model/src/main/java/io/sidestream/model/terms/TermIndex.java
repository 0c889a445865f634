package io.sidestream.model.terms;

import static io.sidestream.schemas.Checks.check;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Inverted index of items' texts, scored by BM25: term → items whose text has it. An item's text is
 * what it says of itself, or the searches that led to a click on it. Immutable, thread-safe.
 *
 * <p>Legend: w term, sorted; p posting; the postings of term w are starts[w] to starts[w + 1] - 1,
 * highest weight first, then by item. Items are rows of the generation's assignments.
 */
public final class TermIndex {
  /*
   *   weight(w, i)  = tf / (tf + k1 (1 - b + b length(i) / mean length))        in [0, 1]
   *   idf(w)        = ln(1 + (N - n(w) + 1/2) / (n(w) + 1/2))                   above 0
   *   score(q, i)   = sum over terms of q of idf(w) weight(w, i) / sum over terms of q of idf(w)
   *
   * N counts the items with any text, n(w) those whose text has the term. The constant factor
   * k1 + 1 cancels in the division by the best possible score. Dividing by that score, not by the
   * top one, gives the matched share of the query, so that one ranking weight fits all queries: one
   * common term of a long query counts less than a term with many occurrences. Terms that are in no
   * text count in the denominator alone.
   *
   * [1] Robertson & Zaragoza 2009, The Probabilistic Relevance Framework, section 3
   */

  /** Term frequency saturation. */
  public static final double K1 = 1.2;

  /** Document length normalization, 0 to 1. */
  public static final double B = 0.75;

  /** Most distinct terms of a query that are scored, the first ones. */
  public static final int MAX_QUERY_TERMS = 256;

  /** Most postings of a term that are kept, those of highest weight. */
  public static final int MAX_POSTINGS = 10_000;

  private final int items;
  private final List<String> terms; // [w]
  private final int[] starts; // [w], one more at the end
  private final int[] rows; // [p]
  private final float[] weights; // [p]
  private final int[] itemsWith; // [w]
  private final double meanLength;
  private final double[] idf; // [w]
  private final double unknown; // idf of a term that no text has

  /**
   * A text of an item; an item may have several.
   *
   * @param item its row in the assignments
   * @param count how often the text counts, 1 or more
   */
  public record Text(String text, int item, long count) {
    public Text {
      check(item >= 0 && count > 0, "item %d has a text %d times, expected 1 or more", item, count);
    }
  }

  /**
   * The index with these postings, as a bundle holds it.
   *
   * @param items number of items in the assignments
   * @param itemsWith how many items have each term; as many postings at most
   * @param meanLength mean number of terms of the items that have any
   */
  public TermIndex(
      int items,
      List<String> terms,
      int[] starts,
      int[] rows,
      float[] weights,
      int[] itemsWith,
      double meanLength) {
    this.items = items;
    this.itemsWith = itemsWith.clone();
    this.meanLength = meanLength;
    this.terms = List.copyOf(terms);
    this.starts = starts.clone();
    this.rows = rows.clone();
    this.weights = weights.clone();
    checkTerms();
    checkPostings();
    int withText = itemsWithText();
    this.unknown = idf(withText, 0);
    this.idf = new double[terms.size()];
    for (int term = 0; term < idf.length; term++) {
      idf[term] = idf(withText, itemsWith[term]);
    }
  }

  private void checkTerms() {
    check(
        starts.length == terms.size() + 1
            && starts[0] == 0
            && starts[terms.size()] == rows.length
            && rows.length == weights.length
            && itemsWith.length == terms.size(),
        "%d terms have %d posting offsets, %d items, %d weights, %d counts",
        terms.size(),
        starts.length,
        rows.length,
        weights.length,
        itemsWith.length);
    check(meanLength >= 0, "texts have %s terms on average, expected 0 or more", meanLength);
    for (int term = 0; term < terms.size(); term++) {
      check(starts[term] < starts[term + 1], "term %d has no postings", term);
      check(
          itemsWith[term] >= starts[term + 1] - starts[term] && itemsWith[term] <= items,
          "term %d is in %d items, has %d postings",
          term,
          itemsWith[term],
          starts[term + 1] - starts[term]);
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

  /** As far as postings and terms show: not all postings of a term are kept. */
  private int itemsWithText() {
    BitSet withText = new BitSet(items);
    for (int row : rows) {
      withText.set(row);
    }
    return Arrays.stream(itemsWith).reduce(withText.cardinality(), Math::max);
  }

  private static double idf(int items, int withTerm) {
    return Math.log1p((items - withTerm + 0.5) / (withTerm + 0.5));
  }

  /** The index of these texts, in any order. */
  public static TermIndex of(int items, Collection<Text> texts) {
    TermIndexDraft draft = new TermIndexDraft(items);
    texts.forEach(draft::add);
    return draft.build();
  }

  /** A query as this index weighs its terms. */
  public Query query(String query) {
    return new Query(query);
  }

  /** BM25 of each item for a query. Shape: [item]; see {@link Query#scores}. */
  public double[] scores(String query) {
    return query(query).scores();
  }

  /** The distinct terms of a query, each with its share of the best possible score. */
  public final class Query {
    private final Map<String, Double> shares = new TreeMap<>();

    private Query(String query) {
      Set<String> distinct = new TreeSet<>(Terms.first(query, MAX_QUERY_TERMS));
      double best = 0;
      for (String term : distinct) {
        int at = Collections.binarySearch(terms, term);
        shares.put(term, at < 0 ? unknown : idf[at]);
        best += at < 0 ? unknown : idf[at];
      }
      double sum = best;
      shares.replaceAll((term, own) -> own / sum);
    }

    /**
     * BM25 of each item over the best score possible, in [0, 1]; 0 for an item whose texts share no
     * term with the query. Shape: [item].
     */
    public double[] scores() {
      double[] scores = new double[items];
      matches().forEach((row, score) -> scores[row] = score);
      return scores;
    }

    /** The same, of the items above 0 alone: its cost follows the postings of the terms. */
    public SparseScores matches() {
      SparseScores scores = new SparseScores();
      shares.forEach(
          (term, share) -> {
            int at = Collections.binarySearch(terms, term);
            if (at >= 0) {
              for (int posting = starts[at]; posting < starts[at + 1]; posting++) {
                scores.add(rows[posting], share * weights[posting]);
              }
            }
          });
      return scores;
    }

    /** What each term gives the scores of some items, by item; their sum is the score. */
    public Map<Integer, Map<String, Double>> addends(Set<Integer> scored) {
      Map<Integer, Map<String, Double>> addends = new HashMap<>();
      shares.forEach(
          (term, share) -> {
            int at = Collections.binarySearch(terms, term);
            for (int p = at < 0 ? 0 : starts[at]; at >= 0 && p < starts[at + 1]; p++) {
              if (scored.contains(rows[p])) {
                addends
                    .computeIfAbsent(rows[p], unused -> new TreeMap<>())
                    .put(term, share * weights[p]);
              }
            }
          });
      return addends;
    }

    /** The same of a text that is not in the index. */
    public Map<String, Double> addends(TermCounts text) {
      Map<String, Double> addends = new TreeMap<>();
      shares.forEach(
          (term, share) -> {
            int count = text.count(term);
            if (count > 0) {
              addends.put(term, share * weight(count, text.length(), meanLength));
            }
          });
      return addends;
    }

    /** A term's share of the best possible score; 0 of one that is not in the query. */
    double share(String term) {
      return shares.getOrDefault(term, 0.0);
    }

    /** The score of a text that is not in the index. */
    public double score(TermCounts text) {
      double score = 0;
      for (Map.Entry<String, Double> term : shares.entrySet()) {
        int count = text.count(term.getKey());
        if (count > 0) {
          score += term.getValue() * weight(count, text.length(), meanLength);
        }
      }
      return score;
    }
  }

  static double weight(double count, double length, double meanLength) {
    return count / (count + saturation(length, meanLength));
  }

  /** How often a term counts half in a text of this length. */
  static double saturation(double length, double meanLength) {
    double relative = meanLength > 0 ? length / meanLength : 1;
    return K1 * (1 - B + B * relative);
  }

  /** Number of items in the assignments. */
  public int items() {
    return items;
  }

  /** The terms, sorted. */
  public List<String> terms() {
    return terms;
  }

  /** Whether a text has a term. */
  boolean has(String term) {
    return Collections.binarySearch(terms, term) >= 0;
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

  /** How many items have each term, a copy. */
  public int[] itemsWith() {
    return itemsWith.clone();
  }

  /** Mean number of terms of the items that have any. */
  public double meanLength() {
    return meanLength;
  }
}
