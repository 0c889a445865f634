package io.sidestream.learning.examples;

import io.sidestream.model.vectors.Vectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Synthetic histories of a catalogue without interactions: an item's nearest neighbours by text,
 * followed by the item.
 */
public final class PseudoHistories {
  /** Maximum number of steps: each takes a scan of all items. */
  static final int MAX = 5_000;

  private static final int NEIGHBOURS = 3;

  private PseudoHistories() {}

  /**
   * One step for each item, or for a sample of {@value #MAX}; none for a single item.
   *
   * @param textVectors unit vectors, shape [row][E]
   */
  public static List<Histories.Example> of(float[][] textVectors, long seed) {
    if (textVectors.length < 2) {
      return List.of();
    }
    List<Integer> rows = new ArrayList<>(IntStream.range(0, textVectors.length).boxed().toList());
    Collections.shuffle(rows, new Random(seed));
    return rows.subList(0, Math.min(MAX, rows.size())).parallelStream()
        .map(row -> new Histories.Example(nearest(textVectors, row), row))
        .toList();
  }

  /** The nearest other rows, the nearest last. */
  private static List<Integer> nearest(float[][] vectors, int row) {
    List<Integer> best = new ArrayList<>(); // nearest last
    for (int other = 0; other < vectors.length; other++) {
      if (other != row) {
        insert(best, other, vectors, row);
      }
    }
    return best;
  }

  private static void insert(List<Integer> best, int other, float[][] vectors, int row) {
    float cosine = Vectors.dot(vectors[row], vectors[other]);
    int at = best.size();
    while (at > 0 && Vectors.dot(vectors[row], vectors[best.get(at - 1)]) >= cosine) {
      at--;
    }
    best.add(at, other);
    if (best.size() > NEIGHBOURS) {
      best.remove(0);
    }
  }
}
