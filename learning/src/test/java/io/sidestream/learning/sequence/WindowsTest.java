package io.sidestream.learning.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static UserSequence distinct(int events) {
    return new UserSequence(
        IntStream.range(0, events).toArray(), IntStream.range(0, events).asLongStream().toArray());
  }

  private static List<Integer> targets(List<Windows.Window> windows) {
    List<Integer> targets = new ArrayList<>();
    for (Windows.Window window : windows) {
      for (int at = 0; at < window.length(); at++) {
        if (window.targets()[at]) {
          targets.add(window.rows()[at + 1]);
        }
      }
    }
    return targets;
  }

  @Test
  void of_anyLength_eachEventButTheFirstIsATargetOnce() {
    SplittableRandom random = new SplittableRandom(1);
    for (int events = 2; events < 60; events++) {
      List<Windows.Window> windows = new Windows(8, 1_000).of(distinct(events), random);
      assertTrue(windows.stream().allMatch(window -> window.length() <= 8));
      assertEquals(IntStream.range(1, events).boxed().toList(), targets(windows));
    }
  }

  @Test
  void of_moreEventsThanAnEpochMeets_keepsTheLatest() {
    List<Integer> targets = targets(new Windows(8, 10).of(distinct(50), new SplittableRandom(1)));
    assertEquals(IntStream.range(41, 50).boxed().toList(), targets);
  }

  @Test
  void of_anItemMetAgain_isNoTargetAgain() {
    UserSequence user = new UserSequence(new int[] {3, 4, 3, 5}, new long[] {1, 2, 3, 4});
    assertEquals(List.of(4, 5), targets(new Windows(8, 10).of(user, new SplittableRandom(1))));
  }

  @Test
  void of_oneEvent_isNoWindow() {
    assertTrue(new Windows(8, 10).of(distinct(1), new SplittableRandom(1)).isEmpty());
  }

  @Test
  void of_eventsOfEqualTime_comeInAnyOrder() {
    UserSequence user = new UserSequence(new int[] {0, 1, 2, 3}, new long[] {1, 5, 5, 9});
    SplittableRandom random = new SplittableRandom(1);
    Set<String> orders = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      orders.add(Arrays.toString(new Windows(8, 10).of(user, random).get(0).rows()));
    }
    assertEquals(Set.of("[0, 1, 2, 3]", "[0, 2, 1, 3]"), orders);
  }
}
