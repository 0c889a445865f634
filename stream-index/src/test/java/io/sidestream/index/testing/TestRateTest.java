package io.sidestream.index.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestRateTest {
  private static final long SECOND = 1_000_000_000L;

  /** A second's worth may be saved, so any stretch of time has one more second's worth at most. */
  @Test
  void take_atRandomTimes_neverExceedsTheRate() {
    long seed = Long.getLong("seed", 6);
    Random random = new Random(seed);
    TestRate rate = new TestRate(7, 0);
    List<Long> taken = new ArrayList<>();
    for (long now = 0; now < 60 * SECOND; now += random.nextLong(SECOND / 10)) {
      if (rate.take(now)) {
        taken.add(now);
      }
    }
    for (int from = 0; from < taken.size(); from++) {
      for (int to = from; to < taken.size(); to++) {
        double seconds = (taken.get(to) - taken.get(from)) / (double) SECOND;
        assertTrue(to - from + 1 <= 7 * (seconds + 1) + 1e-6, "seed " + seed);
      }
    }
    assertEquals(7 * 61, taken.size(), 7, "seed " + seed);
  }

  @Test
  void take_afterALongPause_allowsNoMoreThanASecondHas() {
    TestRate rate = new TestRate(3, 0);
    long later = 3_600 * SECOND;
    assertTrue(rate.take(later) && rate.take(later) && rate.take(later));
    assertFalse(rate.take(later + SECOND / 3 - 1_000));
    assertTrue(rate.take(later + SECOND / 3 + 1_000));
  }
}
