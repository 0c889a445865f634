package io.sidestream.model.terms;

import java.util.Arrays;

/**
 * Scores of some rows; 0 of all others: a hash table of numbers. Written by one thread before it is
 * passed on, unchanged after.
 */
public final class SparseScores {
  private static final int FREE = -1;
  private static final int MIN_SLOTS = 16;

  private int[] rows; // [slot]
  private double[] scores; // [slot]
  private int size;

  /** What is done with a row and its score. */
  @FunctionalInterface
  public interface Visitor {
    void visit(int row, double score);
  }

  public SparseScores() {
    this.rows = new int[MIN_SLOTS];
    this.scores = new double[MIN_SLOTS];
    Arrays.fill(rows, FREE);
  }

  /** Adds to the score of a row, 0 or more. */
  public void add(int row, double score) {
    int slot = slot(row);
    if (rows[slot] == FREE) {
      if (2 * ++size > rows.length) {
        grow();
        slot = slot(row);
      }
      rows[slot] = row;
    }
    scores[slot] += score;
  }

  /** The score of a row. */
  public double get(int row) {
    return scores[slot(row)]; // 0 in a free slot
  }

  /** Each row that has a score, in no order that means anything. */
  public void forEach(Visitor visitor) {
    for (int slot = 0; slot < rows.length; slot++) {
      if (rows[slot] != FREE) {
        visitor.visit(rows[slot], scores[slot]);
      }
    }
  }

  private int slot(int row) {
    int slot = ((row * 0x9e3779b9) >>> 7) & (rows.length - 1);
    while (rows[slot] != FREE && rows[slot] != row) {
      slot = (slot + 1) & (rows.length - 1);
    }
    return slot;
  }

  private void grow() {
    int[] before = rows;
    double[] scored = scores;
    rows = new int[2 * before.length];
    scores = new double[rows.length];
    Arrays.fill(rows, FREE);
    for (int at = 0; at < before.length; at++) {
      if (before[at] != FREE) {
        int slot = slot(before[at]);
        rows[slot] = before[at];
        scores[slot] = scored[at];
      }
    }
  }
}
