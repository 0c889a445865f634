package io.sidestream.experiments.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BandsTest {
  @Test
  void of_twoHundredItems_headIsTwoAndTorsoEighteen() {
    float[] counts = new float[200];
    for (int row = 0; row < counts.length; row++) {
      counts[row] = row;
    }
    Bands bands = Bands.of(counts);

    assertEquals(2, count(bands, 200, Band.HEAD));
    assertEquals(18, count(bands, 200, Band.TORSO));
    assertEquals(Band.HEAD, bands.of(198));
    assertEquals(Band.TORSO, bands.of(197));
    assertEquals(Band.TAIL, bands.of(179));
  }

  @Test
  void of_equalItems_goByRow() {
    float[] counts = new float[101];
    Arrays.fill(counts, 3);
    Bands bands = Bands.of(counts);

    assertEquals(2, count(bands, 101, Band.HEAD));
    assertEquals(Band.HEAD, bands.of(1));
    assertEquals(Band.TORSO, bands.of(2));
  }

  @Test
  void of_oneItem_isHead() {
    assertEquals(Band.HEAD, Bands.of(new float[1]).of(0));
  }

  private static long count(Bands bands, int rows, Band band) {
    return IntStream.range(0, rows).filter(row -> bands.of(row) == band).count();
  }
}
