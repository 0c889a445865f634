package io.sidestream.model.querylog;

import static io.sidestream.schemas.Checks.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Which items the searches with a word found, by the words of all searches that a generation was
 * trained on. Immutable, thread-safe.
 *
 * <p>Legend: w word, sorted; p posting; the postings of word w are starts[w] to starts[w + 1] - 1,
 * highest weight first, then by item. Items are rows of the generation's assignments.
 */
public final class QueryLogIndex {
  /*
   * BM25 (Robertson & Zaragoza 2009, The Probabilistic Relevance Framework: BM25 and Beyond, section 3), where the document of
   * an item is all queries that found it, each as often as it did:
   *
   *   weight(w, i)  = tf / (tf + k1 (1 - b + b length(i) / mean length))        in [0, 1]
   *   idf(w)        = ln(1 + (N - n(w) + 1/2) / (n(w) + 1/2))                   above 0 for every word
   *   score(q, i)   = sum over words of q of idf(w) weight(w, i) / sum over words of q of idf(w)
   *
   * N counts the items that any search found, n(w) those that a search with the word found. The constant factor k1 + 1 is
   * left out: it goes when the score is divided by the best one possible. Dividing by that, not by the top score, says how
   * much of the query is remembered, so that one weight fits all queries: a word that one search in passing had in common
   * with a long query does not count like a tag that many people gave. A word that no search had counts below the line.
   */

  /** How soon a word that comes again stops to count. */
  public static final double K1 = 1.2;

  /** How much long documents are held against an item, 0 to 1. */
  public static final double B = 0.75;

  /** Most different words of a query that count, the first ones. */
  public static final int MAX_QUERY_WORDS = 256;

  /** Most postings of a word that are read, those of highest weight. */
  public static final int MAX_POSTINGS = 10_000;

  /** Of a generation that remembers no search. */
  public static final QueryLogIndex EMPTY =
      new QueryLogIndex(0, List.of(), new int[1], new int[0], new float[0]);

  private final int items;
  private final List<String> words; // [w]
  private final int[] starts; // [w], one more at the end
  private final int[] rows; // [p]
  private final float[] weights; // [p]
  private final double[] idf; // [w]
  private final double unknown; // idf of a word that no search had

  /**
   * An item that a query found.
   *
   * @param item its row in the assignments
   * @param times how often, 1 or more
   */
  public record Found(String query, int item, long times) {
    public Found {
      check(item >= 0 && times > 0, "item %d was found %d times", item, times);
    }
  }

  /**
   * As it was written.
   *
   * @param items how many items the assignments hold; 0 is of any assignments
   */
  public QueryLogIndex(int items, List<String> words, int[] starts, int[] rows, float[] weights) {
    this.items = items;
    this.words = List.copyOf(words);
    this.starts = starts.clone();
    this.rows = rows.clone();
    this.weights = weights.clone();
    checkWords();
    checkPostings();
    int found = found();
    this.unknown = idf(found, 0);
    this.idf = new double[words.size()];
    for (int word = 0; word < idf.length; word++) {
      idf[word] = idf(found, starts[word + 1] - starts[word]);
    }
  }

  private void checkWords() {
    check(
        starts.length == words.size() + 1
            && starts[0] == 0
            && starts[words.size()] == rows.length
            && rows.length == weights.length,
        "%d words have %d starts, %d items, %d weights",
        words.size(),
        starts.length,
        rows.length,
        weights.length);
    for (int word = 0; word < words.size(); word++) {
      check(starts[word] < starts[word + 1], "word %d found nothing", word);
      check(
          word == 0 || words.get(word - 1).compareTo(words.get(word)) < 0,
          "word %d is not sorted",
          word);
    }
  }

  private void checkPostings() {
    for (int posting = 0; posting < rows.length; posting++) {
      int row = rows[posting];
      float weight = weights[posting];
      check(row >= 0 && row < items, "a word found item %d of %d", row, items);
      check(weight > 0 && weight <= 1, "item %d has weight %s, expected 0 to 1", row, weight);
    }
    for (int word = 0; word < words.size(); word++) {
      for (int p = starts[word] + 1; p < starts[word + 1]; p++) {
        check(
            weights[p - 1] > weights[p] || (weights[p - 1] == weights[p] && rows[p - 1] < rows[p]),
            "items of word %d are not sorted",
            word);
      }
    }
  }

  private int found() {
    BitSet found = new BitSet(items);
    for (int row : rows) {
      found.set(row);
    }
    return found.cardinality();
  }

  private static double idf(int found, int having) {
    return Math.log1p((found - having + 0.5) / (having + 0.5));
  }

  /** What searches found, in any order; one query and item may come more than once. */
  public static QueryLogIndex of(int items, Collection<Found> found) {
    QueryLogIndexDraft draft = new QueryLogIndexDraft(items);
    found.forEach(draft::add);
    return draft.weighed();
  }

  /** Whether no search is remembered. */
  public boolean isEmpty() {
    return words.isEmpty();
  }

  /**
   * How much of a query, in whatever spelling, the searches that found each item had, in [0, 1]; 0
   * for an item whose searches share no word with it. Shape: [item].
   */
  public double[] scores(String query) {
    double[] scores = new double[items];
    TreeSet<String> asked = new TreeSet<>(QueryWords.first(query, MAX_QUERY_WORDS));
    List<Integer> known = new ArrayList<>(asked.size());
    double best = 0;
    for (String word : asked) {
      int at = Collections.binarySearch(words, word);
      best += at < 0 ? unknown : idf[at];
      if (at >= 0) {
        known.add(at);
      }
    }
    for (int word : known) {
      add(scores, word, idf[word] / best);
    }
    return scores;
  }

  private void add(double[] scores, int word, double share) {
    int end = Math.min(starts[word + 1], starts[word] + MAX_POSTINGS);
    for (int posting = starts[word]; posting < end; posting++) {
      scores[rows[posting]] += share * weights[posting];
    }
  }

  /** How many items the assignments hold. */
  public int items() {
    return items;
  }

  /** The words that searches had, sorted. */
  public List<String> words() {
    return words;
  }

  /** Where the postings of each word begin, and where the last ones end; a copy. */
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
