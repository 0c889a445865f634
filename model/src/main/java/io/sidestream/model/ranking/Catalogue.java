package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.bundle.PopularityPrediction;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.generator.Task;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.QueryClicks;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import io.sidestream.schemas.pairs.ClickedItems;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Snapshot of the items of one generation: rows with vector, leaf and popularity, and the trie of
 * their IDs. Immutable; a change makes a new snapshot that shares all else with the one before.
 *
 * <p>Rows are numbered from 0 without gaps, in arbitrary order; no result depends on it.
 */
public final class Catalogue {
  private final Generation generation;
  private final Popularity popularity;
  private final CatalogueRows rows;
  private final Leaves leaves;
  private final Optional<CodeLists> lists; // empty where all vectors are scanned at any size

  private Catalogue(
      Generation generation,
      Popularity popularity,
      CatalogueRows rows,
      Leaves leaves,
      Optional<CodeLists> lists) {
    this.generation = generation;
    this.popularity = popularity;
    this.rows = rows;
    this.leaves = leaves;
    this.lists = lists;
  }

  /** The items of a generation's training corpus; each request scans all of them. */
  public static Catalogue of(OpenGeneration generation) {
    return of(
        generation.generation(),
        generation.codebook().shape(),
        generation.towers().dimensions(),
        generation.assignments(),
        generation.popularity());
  }

  /** The items of a generation's training corpus; many are found by the lists of their codes. */
  public static Catalogue of(OpenGeneration generation, ListSettings settings) {
    return of(
        generation.generation(),
        generation.codebook(),
        generation.assignments(),
        generation.popularity(),
        settings);
  }

  /** The items of these assignments; many are found by the lists of their codes. */
  public static Catalogue of(
      Generation generation,
      ResidualCodebook codebook,
      Assignments assignments,
      PopularityPrediction prediction,
      ListSettings settings) {
    CodeLists lists = new CodeLists(codebook, settings);
    return of(
        generation,
        codebook.shape(),
        codebook.dimensions(),
        assignments,
        Popularity.of(assignments, prediction),
        Optional.of(lists));
  }

  /** The items of these assignments, at least one; of cold ones, no popularity is expected. */
  public static Catalogue of(Generation generation, CodebookShape shape, Assignments assignments) {
    check(assignments.size() > 0, "generation %s: assignments are empty", generation);
    int dimensions = assignments.vectors()[0].length;
    return of(generation, shape, dimensions, assignments, PopularityPrediction.NONE);
  }

  /**
   * The items of these assignments, whose vectors and codes are copied.
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
    return of(
        generation,
        shape,
        dimensions,
        assignments,
        Popularity.of(assignments, prediction),
        Optional.empty());
  }

  private static Catalogue of(
      Generation generation,
      CodebookShape shape,
      int dimensions,
      Assignments assignments,
      Popularity popularity,
      Optional<CodeLists> lists) {
    int size = assignments.size();
    Optional<CodeLists> used = lists.filter(some -> size > some.settings().beyond());
    VectorRows vectors =
        used.<VectorRows>map(some -> new SketchedVectors(some, size))
            .orElseGet(() -> new VectorColumns(dimensions, size));
    CodeTrie trie = CodeTrie.of(shape, List.of(assignments.codes()));
    int[] order =
        used.isPresent()
            ? Leaves.order(trie, assignments.codes())
            : IntStream.range(0, size).toArray();
    CatalogueRows rows = CatalogueDraft.of(assignments, popularity, trie, order, vectors);
    return new Catalogue(generation, popularity, rows, Leaves.of(trie, rows.all()), lists);
  }

  /**
   * The next snapshot: some items added or replaced, then others removed. Its cost follows the
   * changes, not the items; an ID that is new, or gone, costs a pass over the trie.
   */
  public Catalogue with(Collection<CodedItem> changed, Collection<ItemId> removed) {
    CatalogueDraft draft = new CatalogueDraft(rows);
    for (CodedItem item : changed) {
      draft.put(popularity.row(item, generation), item.vector());
    }
    removed.forEach(draft::remove);
    CatalogueRows next = draft.rows();
    Leaves after = leaves.with(draft.leafChanges(rows));
    boolean outgrown =
        next.vectors() instanceof VectorColumns
            && lists.filter(some -> next.size() > some.settings().beyond()).isPresent();
    CatalogueRows laid = outgrown ? next.sketched(lists.orElseThrow()) : next;
    return new Catalogue(generation, popularity, laid, after, lists);
  }

  /** The same items; each request scans all of them. */
  public Catalogue scanned() {
    return new Catalogue(generation, popularity, rows, leaves, Optional.empty());
  }

  public Generation generation() {
    return generation;
  }

  /** The trie of all IDs of the items. */
  public CodeTrie trie() {
    return leaves.trie();
  }

  /** D, of the items' vectors. */
  public int dimensions() {
    return rows.vectors().dimensions();
  }

  /** Number of items. */
  public int size() {
    return rows.size();
  }

  /** The row of an item; empty when it is not in this catalogue. */
  public OptionalInt row(ItemId item) {
    int row = rows.find(item);
    return row < 0 ? OptionalInt.empty() : OptionalInt.of(row);
  }

  public boolean contains(ItemId item) {
    return rows.find(item) >= 0;
  }

  public ItemId item(int row) {
    return rows.get(row).item();
  }

  /** The item of a row, with all but its vector. */
  CatalogueRow at(int row) {
    return rows.get(row);
  }

  /** The codes of a row, shape [level], a copy. */
  int[] codes(int row) {
    return rows.get(row).codes().clone();
  }

  /**
   * The row of the training corpus that a row is, or {@link CatalogueRow#NEW}: also for an item of
   * the corpus without events, of which training learned nothing.
   */
  int learnedRow(int row) {
    return rows.get(row).isCold() ? CatalogueRow.NEW : rows.get(row).corpusRow();
  }

  /** The Semantic ID of a row. */
  public SemanticId id(int row) {
    return new SemanticId(generation, rows.get(row).codes());
  }

  /** The leaf of the trie that holds a row's ID. */
  public int leaf(int row) {
    return trie().leaf(rows.get(row).codes());
  }

  /** The rows that share the ID of a leaf, ascending. */
  int[] rows(int leaf) {
    return leaves.rows(leaf);
  }

  /** The unit vector of a row, length D, a copy. */
  public float[] vector(int row) {
    return rows.vectors().get(row);
  }

  /** The cosine of every row with a unit vector. Shape: [row]. */
  float[] cosines(float[] unitVector) {
    return rows.vectors().dots(unitVector, rows.size());
  }

  /** How near the rows are to a unit vector: exactly, or by the lists of the codes. */
  Nearness near(float[] unitVector) {
    return lists.isPresent() && rows.vectors() instanceof SketchedVectors sketched
        ? new ListNearness(this, sketched, unitVector)
        : new ExactNearness(this, cosines(unitVector));
  }

  /** The rows of cold items; not copied. */
  BitSet cold() {
    return rows.cold();
  }

  /** The items nearest to a unit vector by cosine, best first, ties by item; as {@link #near}. */
  public List<ItemId> nearest(float[] unitVector, int n) {
    int[] best = near(unitVector).best(n, EligibleRows.all(this));
    return Arrays.stream(best).mapToObj(this::item).toList();
  }

  /** log(1 + the item's interactions, or for search its clicks) in the training corpus. */
  float logPopularity(int row, Task task) {
    return rows.get(row).logPopularity(task);
  }

  /** What is expected of that for a cold item, from its text; 0 for others. */
  float predictedLogPopularity(int row, Task task) {
    return rows.get(row).predictedLogPopularity(task);
  }

  /** Whether the item is cold: without interactions or clicks in the training corpus. */
  boolean isCold(int row) {
    return rows.get(row).isCold();
  }

  /** Match of a query with what an index holds of the corpus's items. */
  SparseRowScores ofCorpus(TermIndex index, String query) {
    checkOfCorpus(index.items());
    return CorpusRowScores.ofCorpus(index.query(query).matches(), rows, popularity.items());
  }

  /**
   * Clicks of each row after this very query, as a logarithm.
   *
   * @param live after the same query, counted up to now
   */
  SparseRowScores clickScores(QueryClicks clicks, ClickedItems live, String query) {
    checkOfCorpus(clicks.items());
    return CorpusRowScores.ofClicks(clicks.matches(query), live, rows, popularity.items());
  }

  private void checkOfCorpus(int items) {
    check(
        items == 0 || items == popularity.items().size(),
        "generation %s: %d numbers, corpus has %d items",
        generation,
        items,
        popularity.items().size());
  }

  /** Scores of items. */
  SparseRowScores ofItems(Map<ItemId, Double> scores) {
    return new ItemRowScores(scores, rows);
  }

  /** Match of each row's words with a query, in [0, 1]. */
  SparseRowScores wordScores(ItemTexts texts, String query) {
    return CorpusRowScores.ofWords(texts, query, rows, popularity.items());
  }

  /** Whether the text of an item that came or changed after the training has a word. */
  boolean hasWord(String term) {
    return rows.withText().stream().anyMatch(row -> rows.get(row).ownText().counts().has(term));
  }

  /** 1 for each row whose title a query is. */
  SparseRowScores titleScores(ItemTexts texts, String query) {
    return CorpusRowScores.ofTitles(texts, query, rows, popularity.items());
  }

  /** The items that share an ID, sorted; none for an ID that is not in the catalogue. */
  public List<ItemId> itemsBehind(SemanticId id) {
    int leaf = id.generation().equals(generation) ? trie().leaf(id.codes()) : CodeTrie.ABSENT;
    return leaf == CodeTrie.ABSENT
        ? List.of()
        : Arrays.stream(rows(leaf)).mapToObj(this::item).sorted().toList();
  }

  /** Most popular rows for a task, boosted, best first, ties by item; at most {@code n}. */
  int[] popular(Task task, int n, IntPredicate eligible, RowBoosts boosts) {
    int[] known = boosts.isEmpty() ? mostEvents(task, n, eligible) : new int[0];
    boolean enough = known.length == n;
    IntStream candidates =
        enough
            ? IntStream.concat(IntStream.of(known), rows.cold().stream()) // of predicted popularity
            : IntStream.range(0, rows.size());
    TopRows top = new TopRows(this, n);
    candidates
        .filter(eligible)
        .forEach(row -> top.offer(row, logPopularity(row, task) + boosts.at(row)));
    return top.bestFirst();
  }

  /** Eligible rows of most events in the corpus, best first; at most {@code n}. */
  private int[] mostEvents(Task task, int n, IntPredicate eligible) {
    return IntStream.of(popularity.most(task))
        .map(corpusRow -> rows.find(popularity.items().get(corpusRow)))
        .filter(row -> row >= 0 && eligible.test(row))
        .limit(n)
        .toArray();
  }

  /** Eligible rows of highest score above 0, best first, ties by item; at most {@code n}. */
  int[] best(SparseRowScores scores, int n, IntPredicate eligible) {
    TopRows top = new TopRows(this, n);
    scores.offerTo(top, eligible);
    return top.bestFirst();
  }

  /** {@link #best} among the cold items. */
  int[] bestCold(float[] scores, int n, IntPredicate eligible) {
    return best(scores, n, row -> rows.cold().get(row) && eligible.test(row));
  }

  /** Eligible rows of highest score, best first, ties by item; at most {@code n}. */
  int[] best(float[] scores, int n, IntPredicate eligible) {
    TopRows top = new TopRows(this, n);
    for (int row = 0; row < scores.length; row++) {
      if (top.mayTake(scores[row]) && eligible.test(row)) {
        top.offer(row, scores[row]);
      }
    }
    return top.bestFirst();
  }
}
