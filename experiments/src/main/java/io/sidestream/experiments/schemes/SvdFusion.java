package io.sidestream.experiments.schemes;

import io.sidestream.experiments.embedding.EmbeddingSpace;
import io.sidestream.experiments.embedding.EmbeddingSpaces;
import io.sidestream.learning.collaborative.TruncatedSvd;
import java.io.IOException;

/** Both specialists' vectors, reduced to equal dimensions by truncated SVD and added. */
final class SvdFusion {
  private SvdFusion() {}

  static EmbeddingSpace in(EmbeddingSpaces spaces) throws IOException {
    float[][] search = spaces.searchTuned().unitItems();
    float[][] recommendation = spaces.recommendationTuned().unitItems();
    int dimensions = Math.min(search[0].length, recommendation[0].length);
    return EmbeddingSpace.ofItems(sum(unit(search, dimensions), unit(recommendation, dimensions)));
  }

  private static float[][] unit(float[][] vectors, int dimensions) {
    return EmbeddingSpace.ofItems(TruncatedSvd.project(vectors, dimensions)).unitItems();
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
