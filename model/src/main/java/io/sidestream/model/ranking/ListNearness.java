package io.sidestream.model.ranking;

import io.sidestream.model.codes.CodeTrie;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Cosines of the rows that the lists of the codes point to, computed as they are asked for. */
final class ListNearness implements Nearness {
  /*
   * The lists nearest to the query are looked through, an estimate of each eligible row is made
   * from its sketch, and the best estimates are measured. Where few rows are eligible, or cold, or
   * boosted, all of them are measured; where so few of the lists' rows are eligible that the best
   * could lie elsewhere, all lists are looked through. Boosted rows may be far from the query:
   * for them all lists are, and the estimate has the boost.
   *
   * Lists are taken from the nearest on, until what the next one's codes give is so far below the
   * worst estimate kept that a row of it would have to lie several standard deviations beyond it,
   * by the deviations met up to then. Of a million seeded vectors half as many rows are looked at
   * so, and as much of the exact top 30 is found.
   */
  private static final int BINS = 2_048;

  /** Standard deviations of what the codes leave over beyond which no row is looked for. */
  private static final double DEVIATIONS = 4;

  /** Rows that a deviation is known from. */
  private static final int ENOUGH = 1_000;

  private final Catalogue catalogue;
  private final SketchedVectors vectors;
  private final float[] query;
  private final QuerySketch sketch;
  private final ListSettings settings;
  private final float[] products; // [list]

  ListNearness(Catalogue catalogue, SketchedVectors vectors, float[] query) {
    CodeLists lists = vectors.lists();
    this.catalogue = catalogue;
    this.vectors = vectors;
    this.query = query;
    this.sketch = lists.sketch(query);
    this.settings = lists.settings();
    this.products = lists.products(query, catalogue.trie());
  }

  @Override
  public float[] at(int[] rows) {
    return vectors.dots(query, rows);
  }

  @Override
  public int[] best(int n, EligibleRows eligible) {
    return best(n, eligible.rows(), eligible);
  }

  @Override
  public int[] bestCold(int n, EligibleRows eligible) {
    BitSet cold = catalogue.cold();
    return best(n, Optional.of(cold), row -> cold.get(row) && eligible.test(row));
  }

  @Override
  public int[] bestBoosted(int n, EligibleRows eligible, RowBoosts boosts, double weight) {
    BestEstimates found = new BestEstimates(most(n));
    Deviation beyond = new Deviation();
    for (int list = 0; list < products.length; list++) {
      look(list, eligible, boosts, weight, found, beyond);
    }
    return measured(n, found.rows(), boosts, weight);
  }

  /**
   * @param among the rows that may be eligible, where that is known
   */
  private int[] best(int n, Optional<BitSet> among, IntPredicate eligible) {
    int few = most(n);
    if (among.isPresent() && among.get().cardinality() <= few) {
      int[] rows = among.get().stream().filter(eligible).toArray();
      return measured(n, rows, RowBoosts.NONE, 1);
    }
    BestEstimates found = new BestEstimates(few);
    Deviation beyond = new Deviation();
    int[] order = nearestFirst();
    int nearest = (int) Math.ceil(settings.share() * order.length);
    for (int i = 0; i < order.length; i++) {
      if (found.isFull() && (i >= nearest || isTooFar(order[i], found, beyond))) {
        break;
      }
      look(order[i], eligible, RowBoosts.NONE, 1, found, beyond);
    }
    return measured(n, found.rows(), RowBoosts.NONE, 1);
  }

  /** With a share of 1 all lists are looked through. */
  private boolean isTooFar(int list, BestEstimates found, Deviation beyond) {
    return settings.share() < 1
        && beyond.count >= ENOUGH
        && products[list] + DEVIATIONS * beyond.standard() < found.worst();
  }

  /** What the sketches of the rows looked at tell beyond their codes. */
  private static final class Deviation {
    private long count;
    private double squares;

    private void add(float value) {
      count++;
      squares += value * value;
    }

    private double standard() {
      return Math.sqrt(squares / count);
    }
  }

  private int most(int n) {
    return Math.max(1, Math.max(n, settings.measured()));
  }

  /** The lists by their products, highest first, sorted into {@value #BINS} bins. */
  private int[] nearestFirst() {
    float least = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (float product : products) {
      least = Math.min(least, product);
      largest = Math.max(largest, product);
    }
    float scale = largest > least ? BINS / (largest - least) : 0;
    int[] ends = new int[BINS + 1]; // of each bin, from the highest
    for (float product : products) {
      ends[bin(product, largest, scale)]++;
    }
    for (int bin = 1; bin <= BINS; bin++) {
      ends[bin] += ends[bin - 1];
    }
    int[] order = new int[products.length];
    for (int list = products.length - 1; list >= 0; list--) {
      order[--ends[bin(products[list], largest, scale)]] = list;
    }
    return order;
  }

  private static int bin(float product, float largest, float scale) {
    return Math.min(BINS, (int) ((largest - product) * scale));
  }

  private void look(
      int list,
      IntPredicate eligible,
      RowBoosts boosts,
      double weight,
      BestEstimates found,
      Deviation beyond) {
    CodeTrie trie = catalogue.trie();
    int levels = vectors.lists().levels();
    int end = trie.firstLeaf(levels, list + 1);
    for (int leaf = trie.firstLeaf(levels, list); leaf < end; leaf++) {
      for (int row : catalogue.rows(leaf)) {
        float more = vectors.beyondCodes(row, sketch);
        beyond.add(more);
        float cosine = products[list] + more;
        float estimate = boosts.isEmpty() ? cosine : boosts.onto(cosine, row, weight);
        if (found.mayTake(row, estimate) && eligible.test(row)) {
          found.offer(row, estimate);
        }
      }
    }
  }

  private int[] measured(int n, int[] rows, RowBoosts boosts, double weight) {
    TopRows top = new TopRows(catalogue, n);
    float[] cosines = at(rows);
    for (int i = 0; i < rows.length; i++) {
      top.offer(rows[i], boosts.isEmpty() ? cosines[i] : boosts.onto(cosines[i], rows[i], weight));
    }
    return top.bestFirst();
  }
}
