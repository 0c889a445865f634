package io.sidestream.experiments.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopularityBucketsTest {
  @Test
  void of_twoHundredItems_headIsTwoAndTorsoEighteen() {
    float[] counts = new float[200];
    for (int row = 0; row < counts.length; row++) {
      counts[row] = row;
    }
    PopularityBuckets bands = PopularityBuckets.of(counts);

    assertEquals(2, count(bands, 200, PopularityBucket.HEAD));
    assertEquals(18, count(bands, 200, PopularityBucket.TORSO));
    assertEquals(PopularityBucket.HEAD, bands.of(198));
    assertEquals(PopularityBucket.TORSO, bands.of(197));
    assertEquals(PopularityBucket.TAIL, bands.of(179));
  }

  @Test
  void of_equalItems_goByRow() {
    float[] counts = new float[101];
    Arrays.fill(counts, 3);
    PopularityBuckets bands = PopularityBuckets.of(counts);

    assertEquals(2, count(bands, 101, PopularityBucket.HEAD));
    assertEquals(PopularityBucket.HEAD, bands.of(1));
    assertEquals(PopularityBucket.TORSO, bands.of(2));
  }

  @Test
  void of_oneItem_isHead() {
    assertEquals(PopularityBucket.HEAD, PopularityBuckets.of(new float[1]).of(0));
  }

  private static long count(PopularityBuckets bands, int rows, PopularityBucket band) {
    return IntStream.range(0, rows).filter(row -> bands.of(row) == band).count();
  }
}
