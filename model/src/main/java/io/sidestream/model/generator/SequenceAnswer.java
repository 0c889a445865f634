package io.sidestream.model.generator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/**
 * What a sequence generator says after one prompt. Arrays are not copied.
 *
 * @param logId natural log p of each ID of the trie, shape [leaf]; {@link Double#NEGATIVE_INFINITY}
 *     for one behind a prefix that was not followed
 * @param itemQuery what items that share an ID are compared with, length M
 */
public record SequenceAnswer(double[] logId, float[] itemQuery) {
  /** The most probable IDs, best first, ties by leaf. */
  public List<Beam> best(int beams) {
    return best(beams, leaf -> true);
  }

  /** The most probable of some IDs, likewise. */
  public List<Beam> best(int beams, IntPredicate allowed) {
    Comparator<Beam> bestFirst =
        Comparator.comparingDouble((Beam beam) -> -beam.logProbability())
            .thenComparingInt(Beam::leaf);
    PriorityQueue<Beam> kept = new PriorityQueue<>(bestFirst.reversed());
    double least = Double.NEGATIVE_INFINITY;
    for (int leaf = 0; leaf < logId.length; leaf++) {
      if (logId[leaf] > least
          && allowed.test(leaf)) { // a later leaf of equal probability comes after the kept ones
        kept.add(new Beam(leaf, logId[leaf]));
        if (kept.size() > beams) {
          kept.remove();
          least = kept.element().logProbability();
        }
      }
    }
    List<Beam> best = new ArrayList<>(kept);
    best.sort(bestFirst);
    return best;
  }

  /** Least log p of an ID that was followed; 0 where none was. */
  public double least() {
    double least = 0;
    for (double one : logId) {
      least = one > Double.NEGATIVE_INFINITY ? Math.min(least, one) : least;
    }
    return least;
  }
}
