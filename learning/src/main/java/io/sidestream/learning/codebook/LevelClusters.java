package io.sidestream.learning.codebook;

import io.sidestream.model.onnx.Device;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The clusters of one level, by k-means. Arrays are not copied.
 *
 * @param centroids shape [code * dimensions + dimension]
 * @param codes of the points, [point]
 */
record LevelClusters(float[] centroids, int[] codes) {
  /*
   * Where points spread along few directions, k-means on their coordinates there finds clusters
   * that cost hardly more than those in all dimensions [1], at a tenth of the products. So from
   * scratch all iterations but the last are along those, and the last in all dimensions, from the
   * means of the clusters found. Where points had clusters before, all are in all dimensions: what
   * does not move keeps its code. [1] Cohen, Elder, Musco, Musco, Persu 2015, Dimensionality
   * Reduction for k-Means Clustering and Low Rank Approximation, arXiv 1410.6801
   */

  /** Least number of iterations in all dimensions. */
  private static final int LEAST_LAST = 2;

  /** Share of the iterations that are in all dimensions. */
  private static final int LAST_OF = 10;

  /**
   * What k-means looks for.
   *
   * @param width centroids
   * @param most points of a centroid
   */
  record Task(int width, int iterations, int most, Device device) {
    boolean isBounded(int points) {
      return most < points;
    }

    private Task first() {
      return new Task(width, iterations - last().iterations, most, device);
    }

    private Task last() {
      return new Task(width, Math.max(LEAST_LAST, iterations / LAST_OF), most, device);
    }
  }

  /**
   * Clusters of the points.
   *
   * @param former code of each point before, -1 for a point without one
   */
  static LevelClusters of(float[][] points, int[] former, Task task, SplittableRandom random) {
    try (PointChunks chunks = PointChunks.of(points, task.device())) {
      boolean fromScratch = Arrays.stream(former).allMatch(code -> code < 0);
      Optional<float[]> directions =
          fromScratch && task.iterations() > LEAST_LAST
              ? LeadingDirections.of(points, random, task.device())
              : Optional.empty();
      if (directions.isEmpty()) {
        return of(points, former, task, bounds(points, chunks, task), random);
      }
      int[] begun = along(directions.get(), chunks, former, task.first(), random);
      return of(points, begun, task.last(), bounds(points, chunks, task), random);
    }
  }

  /** Codes by the first iterations; where a product rounds to the wrong side the last ones mend. */
  private static int[] along(
      float[] directions, PointChunks chunks, int[] none, Task task, SplittableRandom random) {
    float[][] points = chunks.times(directions);
    try (PointChunks ofPoints = PointChunks.of(points, task.device())) {
      Function<float[], int[]> assign =
          task.isBounded(points.length)
              ? bounds(points, ofPoints, task)
              : new NearestCentroids(ofPoints, task.width())::codes;
      return of(points, none, task, assign, random).codes();
    }
  }

  private static LevelClusters of(
      float[][] points,
      int[] begun,
      Task task,
      Function<float[], int[]> assign,
      SplittableRandom random) {
    float[] seeds = CentroidSeeding.seeds(points, begun, task.width(), random);
    float[] centroids = KMeans.fit(points, seeds, task.iterations(), assign);
    return new LevelClusters(centroids, assign.apply(centroids));
  }

  private static Function<float[], int[]> bounds(float[][] points, PointChunks chunks, Task task) {
    NearestCentroids nearest = new NearestCentroids(chunks, task.width());
    boolean isBounded = task.isBounded(points.length);
    if (!isBounded && !TriangleBounds.fit(points.length, task.width())) {
      return nearest::codes;
    }
    TriangleBounds bounds = new TriangleBounds(points, task.width(), nearest);
    return at ->
        isBounded ? BoundedAssignment.codes(bounds.at(at), task.most()) : bounds.at(at).nearest();
  }
}
