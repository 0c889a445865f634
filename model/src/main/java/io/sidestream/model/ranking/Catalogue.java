package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.bundle.PopularityPrediction;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Task;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.model.terms.Titles;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Snapshot of the items of one generation: rows with vector, leaf and popularity, and the trie of
 * their IDs. Immutable; a change makes a new snapshot that shares most vectors, and the trie when
 * the set of IDs is the same.
 *
 * <p>Rows are numbered from 0 without gaps, in arbitrary order; no result depends on it.
 */
public final class Catalogue {
  /** Maximum number of items; each request scans every vector once. */
  public static final int MAX_ITEMS = 1_000_000;

  private final Generation generation;
  private final Popularity popularity;
  private final Map<ItemId, Integer> rowOf;
  private final CatalogueRow[] rows; // [row]
  private final VectorRows vectors; // (rows, D)
  private final Leaves leaves;
  private final int[] withText; // the rows with a text of their own

  private Catalogue(
      Generation generation, Popularity popularity, CatalogueDraft draft, CodeTrie before) {
    this.generation = generation;
    this.popularity = popularity;
    this.rowOf = draft.rowOf();
    this.rows = draft.rows();
    this.vectors = draft.vectors();
    checkSize(generation, rows.length);
    this.leaves = Leaves.of(rows, before);
    this.withText =
        IntStream.range(0, rows.length).filter(row -> rows[row].text().isPresent()).toArray();
  }

  private static void checkSize(Generation generation, int items) {
    check(
        items <= MAX_ITEMS,
        "generation %s: catalogue of %d items, expected at most %d",
        generation,
        items,
        MAX_ITEMS);
  }

  /** The items of a generation's training corpus. */
  public static Catalogue of(OpenGeneration generation) {
    return of(
        generation.generation(),
        generation.codebook().shape(),
        generation.towers().dimensions(),
        generation.assignments(),
        generation.popularity());
  }

  /** The items of these assignments, at least one; of cold ones, no popularity is expected. */
  public static Catalogue of(Generation generation, CodebookShape shape, Assignments assignments) {
    check(assignments.size() > 0, "generation %s: assignments are empty", generation);
    int dimensions = assignments.vectors()[0].length;
    return of(generation, shape, dimensions, assignments, PopularityPrediction.NONE);
  }

  /**
   * The items of these assignments.
   *
   * @param dimensions D, of the items' vectors
   * @param prediction of the popularity of cold items
   */
  public static Catalogue of(
      Generation generation,
      CodebookShape shape,
      int dimensions,
      Assignments assignments,
      PopularityPrediction prediction) {
    checkSize(generation, assignments.size());
    Popularity popularity = new Popularity(assignments, prediction);
    CatalogueDraft draft = new CatalogueDraft(dimensions, assignments.size());
    for (int row = 0; row < assignments.size(); row++) {
      draft.put(
          popularity.row(
              assignments.items().get(row),
              assignments.codes()[row].clone(),
              assignments.vectors()[row],
              Optional.empty()),
          assignments.vectors()[row]);
    }
    return new Catalogue(generation, popularity, draft, CodeTrie.of(shape, List.of()));
  }

  /** The next snapshot: some items added or replaced, then others removed. */
  public Catalogue with(Collection<CodedItem> changed, Collection<ItemId> removed) {
    CatalogueDraft draft = new CatalogueDraft(rowOf, rows, vectors, changed.size());
    for (CodedItem item : changed) {
      check(
          item.generation().equals(generation),
          "generation %s: item %s is coded in generation %s",
          generation,
          item.item(),
          item.generation());
      float[] vector = item.vector();
      draft.put(popularity.row(item.item(), item.id().codes(), vector, text(item)), vector);
    }
    removed.forEach(draft::remove);
    return new Catalogue(generation, popularity, draft, trie());
  }

  private static Optional<CatalogueRow.RowText> text(CodedItem item) {
    return item.words()
        .map(words -> new CatalogueRow.RowText(words.title(), ItemTexts.counts(words)));
  }

  public Generation generation() {
    return generation;
  }

  /** The trie of all IDs of the items. */
  public CodeTrie trie() {
    return leaves.trie();
  }

  /** Number of items. */
  public int size() {
    return rows.length;
  }

  /** The row of an item; empty when it is not in this catalogue. */
  public OptionalInt row(ItemId item) {
    Integer row = rowOf.get(item);
    return row == null ? OptionalInt.empty() : OptionalInt.of(row);
  }

  public boolean contains(ItemId item) {
    return rowOf.containsKey(item);
  }

  public ItemId item(int row) {
    return rows[row].item();
  }

  /** The codes of a row, shape [level], a copy. */
  int[] codes(int row) {
    return rows[row].codes().clone();
  }

  /**
   * The row of the training corpus that a row is, or {@link CatalogueRow#NEW}: also for an item of
   * the corpus without events, of which training learned nothing.
   */
  int learnedRow(int row) {
    return rows[row].isCold() ? CatalogueRow.NEW : rows[row].corpusRow();
  }

  /** The Semantic ID of a row. */
  public SemanticId id(int row) {
    return new SemanticId(generation, rows[row].codes());
  }

  /** The leaf of the trie that holds a row's ID. */
  public int leaf(int row) {
    return leaves.leafOf(row);
  }

  /** The rows that share the ID of a leaf, ascending. */
  int[] rows(int leaf) {
    return leaves.rows(leaf);
  }

  /** The unit vector of a row, length D, a copy. */
  public float[] vector(int row) {
    return vectors.get(row);
  }

  /** The cosine of every row with a unit vector. Shape: [row]. */
  float[] cosines(float[] unitVector) {
    return vectors.dots(unitVector, rows.length);
  }

  /** log(1 + the item's interactions, or for search its clicks) in the training corpus. */
  float logPopularity(int row, Task task) {
    return rows[row].logPopularity(task);
  }

  /** What is expected of that for a cold item, from its text; 0 for others. */
  float predictedLogPopularity(int row, Task task) {
    return rows[row].predictedLogPopularity(task);
  }

  /** Whether the item is cold: without interactions or clicks in the training corpus. */
  boolean isCold(int row) {
    return rows[row].isCold();
  }

  /**
   * Scores of the corpus's items, by row of this catalogue; 0 for an item added since.
   *
   * @param numbers shape [row of the corpus]; an empty array means all zeros
   */
  float[] ofCorpus(double[] numbers) {
    check(
        numbers.length == 0 || numbers.length == popularity.corpus().size(),
        "generation %s: %d numbers, corpus has %d items",
        generation,
        numbers.length,
        popularity.corpus().size());
    float[] byRow = new float[rows.length];
    for (int row = 0; row < byRow.length && numbers.length > 0; row++) {
      int corpusRow = rows[row].corpusRow();
      byRow[row] = corpusRow == CatalogueRow.NEW ? 0 : (float) numbers[corpusRow];
    }
    return byRow;
  }

  /** Scores of items, by row of this catalogue; 0 for an item that has none. */
  float[] ofItems(Map<ItemId, Double> scores) {
    float[] byRow = new float[rows.length];
    scores.forEach(
        (item, score) -> {
          Integer row = rowOf.get(item);
          if (row != null) {
            byRow[row] = score.floatValue();
          }
        });
    return byRow;
  }

  /** Match of each row's words with a query, in [0, 1]. Shape: [row]. */
  float[] wordScores(ItemTexts texts, String query) {
    TermIndex.Query terms = texts.terms().query(query);
    float[] scores = ofCorpus(terms.scores());
    for (int row : withText) {
      scores[row] = (float) terms.score(rows[row].text().orElseThrow().counts());
    }
    return scores;
  }

  /** 1 for each row whose title a query is, else 0. Shape: [row]. */
  float[] titleScores(ItemTexts texts, String query) {
    double[] ofCorpus = new double[popularity.corpus().size()];
    for (int row : texts.titles().rows(query)) {
      ofCorpus[row] = 1;
    }
    float[] scores = ofCorpus(ofCorpus);
    for (int row : withText) {
      scores[row] = Titles.matches(query, rows[row].text().orElseThrow().title()) ? 1 : 0;
    }
    return scores;
  }

  /** The items that share an ID, sorted; none for an ID that is not in the catalogue. */
  public List<ItemId> itemsBehind(SemanticId id) {
    int leaf = id.generation().equals(generation) ? trie().leaf(id.codes()) : CodeTrie.ABSENT;
    return leaf == CodeTrie.ABSENT
        ? List.of()
        : Arrays.stream(rows(leaf)).mapToObj(this::item).sorted().toList();
  }

  /** Most popular rows for a task, best first, ties by item; at most {@code n}. */
  int[] popular(Task task, int n, Set<ItemId> excluded) {
    TopRows top = new TopRows(this, n);
    for (int row = 0; row < rows.length; row++) {
      if (excluded.isEmpty() || !excluded.contains(item(row))) {
        top.offer(row, logPopularity(row, task));
      }
    }
    return top.bestFirst();
  }

  /** Rows of highest score, best first, ties by item; at most {@code n}. */
  int[] best(float[] scores, int n, Set<ItemId> excluded) {
    return best(scores, n, excluded, row -> true);
  }

  /** {@link #best} among the rows with a score above 0. */
  int[] bestAboveZero(float[] scores, int n, Set<ItemId> excluded) {
    return best(scores, n, excluded, row -> scores[row] > 0);
  }

  /** {@link #best} among the cold items. */
  int[] bestCold(float[] scores, int n, Set<ItemId> excluded) {
    return best(scores, n, excluded, this::isCold);
  }

  private int[] best(float[] scores, int n, Set<ItemId> excluded, IntPredicate eligible) {
    TopRows top = new TopRows(this, n);
    for (int row = 0; row < rows.length; row++) {
      if (top.wouldTake(row, scores[row])
          && eligible.test(row)
          && (excluded.isEmpty() || !excluded.contains(item(row)))) {
        top.offer(row, scores[row]);
      }
    }
    return top.bestFirst();
  }
}
