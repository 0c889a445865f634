package io.sidestream.learning.codebook;

/**
 * The clusters that points had before, where the points are now. Arrays are not copied: they are
 * read once.
 *
 * @param means shape [code * dimensions + dimension]; zero for a code without points
 * @param counts of the points, by code
 */
record FormerClusters(float[] means, int[] counts) {
  /**
   * @param points shape [point][dimension], at least one
   * @param codes of the points, -1 for a point without one
   */
  static FormerClusters of(float[][] points, int[] codes, int width) {
    int dimensions = points[0].length;
    double[] sums = new double[width * dimensions];
    int[] counts = new int[width];
    for (int point = 0; point < points.length; point++) {
      if (codes[point] >= 0) {
        counts[codes[point]]++;
        for (int d = 0; d < dimensions; d++) {
          sums[codes[point] * dimensions + d] += points[point][d];
        }
      }
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / Math.max(1, counts[i / dimensions]));
    }
    return new FormerClusters(means, counts);
  }
}
