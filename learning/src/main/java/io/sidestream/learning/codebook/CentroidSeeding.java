package io.sidestream.learning.codebook;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Initial centroids: means of given clusters, and the others by k-means++ on a sample. */
final class CentroidSeeding {
  /*
   * The next seed is drawn with probability proportional to its squared distance to the nearest
   * seed so far (Arthur and Vassilvitskii 2007). On all points that costs as much as several passes
   * of k-means; on a sample of a few points per centroid it costs little and starts as well. Given
   * clusters are seeds as any other, and come before those that are drawn.
   */
  static final int SAMPLE_PER_CENTROID = 16;

  private final float[][] sample;
  private final float[][] columns; // the sample, [dimension][point]
  private final double[] distances; // squared, to the nearest seed so far, [point]
  private final SplittableRandom random;

  private CentroidSeeding(float[][] sample, SplittableRandom random) {
    this.sample = sample;
    this.random = random;
    this.columns = columns(sample);
    this.distances = new double[sample.length];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
  }

  /**
   * Seeds for {@code width} centroids, shape [code * dimensions + dimension]. When there are fewer
   * different points than centroids, the spare ones repeat the first.
   */
  static float[] seeds(float[][] points, int width, SplittableRandom random) {
    int[] none = new int[points.length];
    Arrays.fill(none, -1);
    return seeds(points, none, width, random);
  }

  /**
   * The same, where a code that some points had before begins at their mean.
   *
   * @param former code of each point, -1 for a point without one
   */
  static float[] seeds(float[][] points, int[] former, int width, SplittableRandom random) {
    FormerClusters clusters = FormerClusters.of(points, former, width);
    if (Arrays.stream(clusters.counts()).allMatch(count -> count > 0)) {
      return clusters.means();
    }
    float[][] sample = sample(points, width * SAMPLE_PER_CENTROID, random);
    return new CentroidSeeding(sample, random).seeds(clusters);
  }

  private float[] seeds(FormerClusters former) {
    int dimensions = sample[0].length;
    float[] seeds = former.means().clone();
    int[] counts = former.counts();
    int first = -1; // offset of the first seed
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] > 0) {
        shorten(seeds, code * dimensions);
        first = first < 0 ? code * dimensions : first;
      }
    }
    int next = first < 0 ? random.nextInt(sample.length) : farFromAll();
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] == 0) {
        int offset = code * dimensions;
        first = first < 0 ? offset : first;
        float[] from = next < 0 ? seeds : sample[next];
        System.arraycopy(from, next < 0 ? first : 0, seeds, offset, dimensions);
        shorten(seeds, offset);
        next = next < 0 ? next : farFromAll();
      }
    }
    return seeds;
  }

  private void shorten(float[] seeds, int newest) {
    float[] squares = squaredDistances(seeds, newest);
    for (int point = 0; point < sample.length; point++) {
      distances[point] = Math.min(distances[point], squares[point]);
    }
  }

  /** A point far from all seeds, drawn, or -1 when each lies on a seed. */
  private int farFromAll() {
    double sum = 0;
    for (double distance : distances) {
      sum += distance;
    }
    return sum > 0 ? draw(random.nextDouble() * sum) : -1;
  }

  /** By dimension, all points at once: loops that the compiler turns into vector instructions. */
  private float[] squaredDistances(float[] seeds, int seed) {
    float[] squares = new float[sample.length];
    for (int d = 0; d < columns.length; d++) {
      float[] column = columns[d];
      float of = seeds[seed + d];
      for (int point = 0; point < squares.length; point++) {
        squares[point] += (column[point] - of) * (column[point] - of);
      }
    }
    return squares;
  }

  private static float[][] columns(float[][] rows) {
    float[][] columns = new float[rows[0].length][rows.length];
    for (int row = 0; row < rows.length; row++) {
      for (int d = 0; d < columns.length; d++) {
        columns[d][row] = rows[row][d];
      }
    }
    return columns;
  }

  private int draw(double target) {
    double sum = 0;
    int last = -1;
    for (int point = 0; point < distances.length; point++) {
      sum += distances[point];
      last = distances[point] > 0 ? point : last;
      if (sum > target) {
        return point;
      }
    }
    return last; // rounding carried the target past the end
  }

  /** Some of the points, drawn, or all. */
  static float[][] sample(float[][] points, int size, SplittableRandom random) {
    if (points.length <= size) {
      return points;
    }
    int[] rows = new int[points.length];
    Arrays.setAll(rows, row -> row);
    float[][] sample = new float[size][];
    for (int i = 0; i < size; i++) {
      int drawn = i + random.nextInt(rows.length - i);
      int row = rows[drawn];
      rows[drawn] = rows[i];
      sample[i] = points[row];
    }
    return sample;
  }
}
