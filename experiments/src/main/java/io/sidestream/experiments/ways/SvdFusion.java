package io.sidestream.experiments.ways;

import io.sidestream.experiments.spaces.Space;
import io.sidestream.experiments.spaces.Spaces;
import io.sidestream.trainer.collaborative.TruncatedSvd;
import java.io.IOException;

/** Both specialists' vectors, brought to one number of dimensions by truncated SVD and added. */
final class SvdFusion {
  private SvdFusion() {}

  static Space in(Spaces spaces) throws IOException {
    float[][] search = spaces.searchTuned().unitItems();
    float[][] recommendation = spaces.recommendationTuned().unitItems();
    int dimensions = Math.min(search[0].length, recommendation[0].length);
    return Space.ofItems(sum(unit(search, dimensions), unit(recommendation, dimensions)));
  }

  private static float[][] unit(float[][] vectors, int dimensions) {
    return Space.ofItems(TruncatedSvd.project(vectors, dimensions)).unitItems();
  }

  private static float[][] sum(float[][] one, float[][] other) {
    float[][] sum = new float[one.length][];
    for (int row = 0; row < sum.length; row++) {
      sum[row] = one[row].clone();
      for (int d = 0; d < sum[row].length; d++) {
        sum[row][d] += other[row][d];
      }
    }
    return sum;
  }
}
