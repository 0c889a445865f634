package io.sidestream.learning.evaluation;

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
    PopularityBuckets buckets = PopularityBuckets.of(counts);

    assertEquals(2, count(buckets, 200, PopularityBucket.HEAD));
    assertEquals(18, count(buckets, 200, PopularityBucket.TORSO));
    assertEquals(PopularityBucket.HEAD, buckets.of(198));
    assertEquals(PopularityBucket.TORSO, buckets.of(197));
    assertEquals(PopularityBucket.TAIL, buckets.of(179));
  }

  @Test
  void of_equalItems_goByRow() {
    float[] counts = new float[101];
    Arrays.fill(counts, 3);
    PopularityBuckets buckets = PopularityBuckets.of(counts);

    assertEquals(2, count(buckets, 101, PopularityBucket.HEAD));
    assertEquals(PopularityBucket.HEAD, buckets.of(1));
    assertEquals(PopularityBucket.TORSO, buckets.of(2));
  }

  @Test
  void of_oneItem_isHead() {
    assertEquals(PopularityBucket.HEAD, PopularityBuckets.of(new float[1]).of(0));
  }

  private static long count(PopularityBuckets buckets, int rows, PopularityBucket bucket) {
    return IntStream.range(0, rows).filter(row -> buckets.of(row) == bucket).count();
  }
}
