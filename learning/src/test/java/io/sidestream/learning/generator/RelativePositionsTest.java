package io.sidestream.learning.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RelativePositionsTest {
  @Test
  void buckets_everyDistance_equalTheReference() {
    for (int distance = -600; distance <= 600; distance++) {
      assertEquals(reference(distance, true), RelativePositions.both(distance), "at " + distance);
      assertEquals(
          reference(distance, false), RelativePositions.causal(distance), "at " + distance);
    }
  }

  @Test
  void buckets_byHand_areThoseOfT5() {
    assertEquals(0, RelativePositions.both(0));
    assertEquals(1, RelativePositions.both(-1));
    assertEquals(17, RelativePositions.both(1));
    assertEquals(8, RelativePositions.both(-8));
    assertEquals(15, RelativePositions.both(-128));
    assertEquals(31, RelativePositions.both(10_000));
    assertEquals(0, RelativePositions.causal(3));
    assertEquals(15, RelativePositions.causal(-15));
    assertEquals(31, RelativePositions.causal(-128));
  }

  /** As published with T5, line by line, in floats as there. */
  private static int reference(int relative, boolean bidirectional) {
    int buckets = 32;
    int found = 0;
    int position;
    if (bidirectional) {
      buckets /= 2;
      found += relative > 0 ? buckets : 0;
      position = Math.abs(relative);
    } else {
      position = -Math.min(relative, 0);
    }
    int exact = buckets / 2;
    if (position < exact) {
      return found + position;
    }
    double large =
        exact + Math.log(position / (double) exact) / Math.log(128.0 / exact) * (buckets - exact);
    return found + Math.min((int) large, buckets - 1);
  }
}
