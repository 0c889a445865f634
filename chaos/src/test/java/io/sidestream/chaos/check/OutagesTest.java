package io.sidestream.chaos.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutagesTest {
  private final Outages outages = new Outages(List.of(0L, 100L, 200L, 900L, 1_000L, 5_000L));

  @Test
  void longest_gapWithinTheInterval_isFound() {
    assertEquals(Duration.ofMillis(700), outages.longest(150, 950));
  }

  @Test
  void longest_gapThatBeginsBeforeOrEndsAfter_countsWhole() {
    assertEquals(Duration.ofMillis(700), outages.longest(300, 400));
    assertEquals(Duration.ofMillis(4_000), outages.longest(950, 1_100));
  }

  @Test
  void longest_noAnswerAnyMore_isUntilTheEnd() {
    assertEquals(Duration.ofMillis(2_000), outages.longest(6_000, 7_000));
    assertEquals(Duration.ofMillis(50), new Outages(List.of()).longest(0, 50));
  }

  @Test
  void anyWithin_bothEnds_count() {
    assertTrue(outages.anyWithin(900, 900));
    assertFalse(outages.anyWithin(901, 999));
  }

  @Test
  void medianAndMost_ofSome_areTheMiddleAndTheLongest() {
    List<Duration> some =
        List.of(Duration.ofSeconds(9), Duration.ofSeconds(1), Duration.ofSeconds(4));
    assertEquals(Duration.ofSeconds(4), Outages.median(some));
    assertEquals(Duration.ofSeconds(9), Outages.most(some));
    assertEquals(Duration.ZERO, Outages.median(List.of()));
    assertEquals(Duration.ZERO, Outages.most(List.of()));
  }
}
