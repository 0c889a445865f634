package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.sidestream.model.onnx.Device;
import org.junit.jupiter.api.Test;

class NearestCentroidsTest {
  @Test
  void codes_moreThanOneChunk_areThoseOfTheNaiveSearch() {
    float[][] points = Points.gaussian(PointChunks.CHUNK + 37, 6, 4);
    float[][] centers = Points.gaussian(9, 6, 5);
    float[] centroids = new float[9 * 6];
    for (int code = 0; code < 9; code++) {
      System.arraycopy(centers[code], 0, centroids, code * 6, 6);
    }

    try (PointChunks chunks = PointChunks.of(points, Device.CPU)) {
      NearestCentroids nearest = new NearestCentroids(chunks, 9);
      assertArrayEquals(KMeansTest.naiveCodes(points, centroids), nearest.codes(centroids));
    }
  }

  @Test
  void codes_tie_takesTheLowerCode() {
    try (PointChunks chunks = PointChunks.of(new float[][] {{0, 1}}, Device.CPU)) {
      NearestCentroids nearest = new NearestCentroids(chunks, 3);
      assertArrayEquals(new int[] {1}, nearest.codes(new float[] {5, 5, 0, 2, 0, 2}));
    }
  }
}
