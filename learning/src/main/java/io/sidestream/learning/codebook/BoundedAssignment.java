package io.sidestream.learning.codebook;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Assigns points to centroids of bounded load by deferred acceptance: each point proposes to its
 * nearest centroid first, and a full centroid keeps the nearest proposers.
 *
 * <p>Legend: N points, K centroids.
 */
public final class BoundedAssignment {
  /*
   * In many dimensions what is left below the first level is nearly the same distance from
   * everywhere, and the mean of many points lies nearer to all of them than the mean of few: the
   * largest cluster wins ever more points, until one code names three quarters of a catalogue and
   * the level carries no information. A bound on the load stops that (balanced k-means: Deng et al.
   * 2025, arXiv 2502.18965). Which points a full centroid keeps is decided by deferred acceptance
   * (Gale and Shapley 1962): the result does not depend on the order of proposals, and no point and
   * centroid would both rather have each other. Ties go to the lower code and to the lower point.
   */
  private final NearestFirst order;
  private final int most;
  private final PriorityQueue<Integer>[] kept; // by code, farthest first
  private final int[] codes;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private BoundedAssignment(NearestFirst order, int most) {
    this.order = order;
    this.most = most;
    this.codes = new int[order.points()];
    this.kept = new PriorityQueue[order.width()];
    for (int code = 0; code < kept.length; code++) {
      int column = code;
      kept[code] =
          new PriorityQueue<>(
              Comparator.<Integer>comparingDouble(point -> -order.distance(point, column))
                  .thenComparing(Comparator.reverseOrder()));
    }
  }

  /**
   * Each point's code, shape [point].
   *
   * @param distances row-major (N, K)
   * @param most points per centroid; {@code most * width} is at least N
   */
  public static int[] codes(float[] distances, int width, int most) {
    return codes(NearestFirst.of(distances, width), most);
  }

  /** The same, of distances that are measured as far as they decide. */
  static int[] codes(NearestFirst order, int most) {
    BoundedAssignment assignment = new BoundedAssignment(order, most);
    for (int point = 0; point < assignment.codes.length; point++) {
      assignment.place(point);
    }
    return assignment.codes;
  }

  private void place(int point) {
    int proposer = point;
    int refused = -1;
    while (proposer >= 0) {
      int code = order.after(proposer, refused);
      codes[proposer] = code;
      kept[code].add(proposer);
      refused = code;
      proposer = kept[code].size() > most ? kept[code].remove() : -1;
    }
  }
}
