package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The items that one generation can answer with at one moment: rows with vector, leaf and
 * popularity, and the trie of their IDs. Immutable; a change makes a new one that shares most
 * vectors, and the trie when no ID came or went.
 *
 * <p>Rows are numbered from 0 without gaps, in an order that means nothing: no result depends on
 * it.
 */
public final class Catalogue {
  /** Most items: each request looks at every vector once. */
  public static final int MAX_ITEMS = 1_000_000;

  private final Generation generation;
  private final Popularity popularity;
  private final Map<ItemId, Integer> rowOf;
  private final CatalogueRow[] rows; // [row]
  private final VectorRows vectors; // (rows, D)
  private final CodeTrie trie;
  private final int[] leafOf; // [row]
  private final Buckets buckets;

  private Catalogue(
      Generation generation, Popularity popularity, CatalogueDraft draft, CodeTrie before) {
    this.generation = generation;
    this.popularity = popularity;
    this.rowOf = draft.rowOf();
    this.rows = draft.rows();
    this.vectors = draft.vectors();
    checkSize(generation, rows.length);
    this.trie = trie(before, rows);
    this.leafOf = leaves(trie, rows);
    this.buckets = new Buckets(leafOf, trie.size());
  }

  private static void checkSize(Generation generation, int items) {
    check(
        items <= MAX_ITEMS,
        "generation %s: catalogue of %d items, at most %d are allowed",
        generation,
        items,
        MAX_ITEMS);
  }

  /**
   * The trie of the rows' IDs: the one before, when it is of exactly these. Otherwise the IDs are
   * handed over in its order, so that sorting them again costs one pass.
   */
  private static CodeTrie trie(CodeTrie before, CatalogueRow[] rows) {
    boolean[] used = new boolean[before.size()];
    List<int[]> fresh = new ArrayList<>();
    for (CatalogueRow row : rows) {
      int leaf = before.leaf(row.codes());
      if (leaf == CodeTrie.ABSENT) {
        fresh.add(row.codes());
      } else {
        used[leaf] = true;
      }
    }
    List<int[]> ids = new ArrayList<>(used.length + fresh.size());
    for (int leaf = 0; leaf < used.length; leaf++) {
      if (used[leaf]) {
        ids.add(before.codes(leaf));
      }
    }
    if (fresh.isEmpty() && ids.size() == used.length) {
      return before;
    }
    ids.addAll(fresh);
    return CodeTrie.of(before.shape(), ids);
  }

  private static int[] leaves(CodeTrie trie, CatalogueRow[] rows) {
    int[] leaves = new int[rows.length];
    for (int row = 0; row < rows.length; row++) {
      leaves[row] = trie.leaf(rows[row].codes());
    }
    return leaves;
  }

  /** The items that a generation was trained on. */
  public static Catalogue of(OpenGeneration generation) {
    return of(
        generation.generation(),
        generation.codebook().shape(),
        generation.towers().dimensions(),
        generation.assignments());
  }

  /** The items of these assignments, of which there is at least one. */
  public static Catalogue of(Generation generation, CodebookShape shape, Assignments assignments) {
    check(assignments.size() > 0, "generation %s: no item is assigned", generation);
    return of(generation, shape, assignments.vectors()[0].length, assignments);
  }

  /**
   * The items of these assignments.
   *
   * @param dimensions D, of the items' vectors
   */
  public static Catalogue of(
      Generation generation, CodebookShape shape, int dimensions, Assignments assignments) {
    checkSize(generation, assignments.size());
    Popularity popularity = new Popularity(assignments);
    CatalogueDraft draft = new CatalogueDraft(dimensions, assignments.size());
    for (int row = 0; row < assignments.size(); row++) {
      draft.put(
          popularity.row(assignments.items().get(row), assignments.codes()[row].clone()),
          assignments.vectors()[row]);
    }
    return new Catalogue(generation, popularity, draft, CodeTrie.of(shape, List.of()));
  }

  /** This catalogue after some items came or changed and then others went. */
  public Catalogue with(Collection<CodedItem> changed, Collection<ItemId> removed) {
    CatalogueDraft draft = new CatalogueDraft(rowOf, rows, vectors, changed.size());
    for (CodedItem item : changed) {
      check(
          item.generation().equals(generation),
          "generation %s: item %s is coded in generation %s",
          generation,
          item.item(),
          item.generation());
      draft.put(popularity.row(item.item(), item.id().codes()), item.vector());
    }
    removed.forEach(draft::remove);
    return new Catalogue(generation, popularity, draft, trie);
  }

  public Generation generation() {
    return generation;
  }

  /** The IDs that exist. */
  public CodeTrie trie() {
    return trie;
  }

  /** How many items there are. */
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
  public int[] codes(int row) {
    return rows[row].codes().clone();
  }

  /** The Semantic ID of a row. */
  public SemanticId id(int row) {
    return new SemanticId(generation, rows[row].codes());
  }

  /** The leaf of the trie that a row lies behind. */
  public int leaf(int row) {
    return leafOf[row];
  }

  /** The rows behind a leaf of the trie, ascending. */
  public int[] rows(int leaf) {
    return buckets.rows(leaf);
  }

  /** The unit vector of a row, length D, a copy. */
  public float[] vector(int row) {
    return vectors.get(row);
  }

  /** The cosine of every row with a unit vector. Shape: [row]. */
  public float[] cosines(float[] unitVector) {
    return vectors.dots(unitVector, rows.length);
  }

  /** The logarithm of one more than how often the corpus saw the row's item chosen for a task. */
  public float logPopularity(int row, Task task) {
    return rows[row].logPopularity(task);
  }

  /** Whether the corpus saw nobody meet or find the row's item. */
  public boolean fresh(int row) {
    return rows[row].fresh();
  }

  /**
   * Numbers about the items of the corpus, by row here; 0 for an item that the corpus did not hold.
   *
   * @param numbers shape [row of the corpus]; none are all 0
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

  /** The items that share an ID, sorted; none for an ID that does not exist here. */
  public List<ItemId> itemsBehind(SemanticId id) {
    int leaf = id.generation().equals(generation) ? trie.leaf(id.codes()) : CodeTrie.ABSENT;
    return leaf == CodeTrie.ABSENT
        ? List.of()
        : Arrays.stream(rows(leaf)).mapToObj(this::item).sorted().toList();
  }

  /** The rows most often chosen for a task, most first, ties by item; at most {@code n}. */
  int[] popular(Task task, int n, Set<ItemId> excluded) {
    TopRows top = new TopRows(this, n);
    for (int row = 0; row < rows.length; row++) {
      if (excluded.isEmpty() || !excluded.contains(item(row))) {
        top.offer(row, logPopularity(row, task));
      }
    }
    return top.bestFirst();
  }

  /** The rows of highest score, best first, ties by item; at most {@code n}. */
  int[] best(float[] scores, int n, Set<ItemId> excluded) {
    TopRows top = new TopRows(this, n);
    for (int row = 0; row < rows.length; row++) {
      if (top.wouldTake(row, scores[row])
          && (excluded.isEmpty() || !excluded.contains(item(row)))) {
        top.offer(row, scores[row]);
      }
    }
    return top.bestFirst();
  }

  /** The same among the rows with a score above 0. */
  int[] bestAboveZero(float[] scores, int n, Set<ItemId> excluded) {
    TopRows top = new TopRows(this, n);
    for (int row = 0; row < rows.length; row++) {
      if (scores[row] > 0 && top.wouldTake(row, scores[row]) && !excluded.contains(item(row))) {
        top.offer(row, scores[row]);
      }
    }
    return top.bestFirst();
  }

  /** The same among the fresh rows. */
  int[] bestFresh(float[] scores, int n, Set<ItemId> excluded) {
    TopRows top = new TopRows(this, n);
    for (int row = 0; row < rows.length; row++) {
      if (fresh(row) && top.wouldTake(row, scores[row]) && !excluded.contains(item(row))) {
        top.offer(row, scores[row]);
      }
    }
    return top.bestFirst();
  }
}
