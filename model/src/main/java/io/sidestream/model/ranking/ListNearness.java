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
   */
  private static final int BINS = 2_048;

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
    for (int list = 0; list < products.length; list++) {
      look(list, eligible, boosts, weight, found);
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
    float near = threshold();
    look(product -> product >= near, eligible, found);
    if (found.size() < few) {
      look(product -> product < near, eligible, found);
    }
    return measured(n, found.rows(), RowBoosts.NONE, 1);
  }

  @FunctionalInterface
  private interface Which {
    boolean test(float product);
  }

  private void look(Which lists, IntPredicate eligible, BestEstimates found) {
    for (int list = 0; list < products.length; list++) {
      if (lists.test(products[list])) {
        look(list, eligible, RowBoosts.NONE, 1, found);
      }
    }
  }

  private int most(int n) {
    return Math.max(1, Math.max(n, settings.measured()));
  }

  /** What no product of the nearest lists is below: of the share in the settings, or more. */
  private float threshold() {
    if (settings.share() == 1 || products.length == 0) {
      return Float.NEGATIVE_INFINITY;
    }
    float least = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (float product : products) {
      least = Math.min(least, product);
      largest = Math.max(largest, product);
    }
    float width = (largest - least) / BINS;
    int[] counts = new int[BINS + 1];
    for (float product : products) {
      counts[width == 0 ? 0 : (int) ((product - least) / width)]++;
    }
    int bin = BINS;
    int lists = counts[bin];
    while (lists < settings.share() * products.length) {
      lists += counts[--bin];
    }
    return least + bin * width;
  }

  private void look(
      int list, IntPredicate eligible, RowBoosts boosts, double weight, BestEstimates found) {
    CodeTrie trie = catalogue.trie();
    int levels = vectors.lists().levels();
    int end = trie.firstLeaf(levels, list + 1);
    for (int leaf = trie.firstLeaf(levels, list); leaf < end; leaf++) {
      for (int row : catalogue.rows(leaf)) {
        float cosine = products[list] + vectors.beyondCodes(row, sketch);
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
