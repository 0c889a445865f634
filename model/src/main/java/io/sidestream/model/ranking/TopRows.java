package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.check;

/** The n best of the rows offered, by score, then by item: a binary heap, worst on top. */
final class TopRows {
  private final Catalogue catalogue;
  private final int[] rows;
  private final double[] scores;
  private int size;

  TopRows(Catalogue catalogue, int n) {
    check(n >= 0, "top %d rows, expected 0 or more", n);
    this.catalogue = catalogue;
    this.rows = new int[Math.min(n, catalogue.size())];
    this.scores = new double[rows.length];
  }

  /** Whether a row of this score may be among the best so far: not if it is below the worst. */
  boolean mayTake(double score) {
    return size < rows.length || (size > 0 && score >= scores[0]);
  }

  void offer(int row, double score) {
    if (size == rows.length && (size == 0 || !better(row, score, rows[0], scores[0]))) {
      return;
    }
    if (size < rows.length) {
      set(size, row, score);
      up(size++);
    } else {
      set(0, row, score);
      down(0);
    }
  }

  /** The rows, best first. Empties the heap. */
  int[] bestFirst() {
    int[] best = new int[size];
    while (size > 0) {
      best[size - 1] = rows[0];
      size--;
      set(0, rows[size], scores[size]);
      down(0);
    }
    return best;
  }

  private void up(int at) {
    while (at > 0 && worse(at, (at - 1) / 2)) {
      swap(at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  private void down(int at) {
    while (true) {
      int worst = at;
      for (int child = 2 * at + 1; child <= 2 * at + 2 && child < size; child++) {
        worst = worse(child, worst) ? child : worst;
      }
      if (worst == at) {
        return;
      }
      swap(at, worst);
      at = worst;
    }
  }

  private boolean worse(int one, int other) {
    return better(rows[other], scores[other], rows[one], scores[one]);
  }

  private boolean better(int row, double score, int otherRow, double otherScore) {
    int order = Double.compare(score, otherScore);
    return order > 0 || (order == 0 && catalogue.item(row).compareTo(catalogue.item(otherRow)) < 0);
  }

  private void set(int at, int row, double score) {
    rows[at] = row;
    scores[at] = score;
  }

  private void swap(int one, int other) {
    int row = rows[one];
    double score = scores[one];
    set(one, rows[other], scores[other]);
    set(other, row, score);
  }
}
