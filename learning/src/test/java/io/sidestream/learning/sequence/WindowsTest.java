package io.sidestream.learning.sequence;

import static org.assertj.core.api.Assertions.assertThat;

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
      assertThat(windows).allMatch(window -> window.length() <= 8);
      assertThat(targets(windows))
          .containsExactlyElementsOf(IntStream.range(1, events).boxed().toList());
    }
  }

  @Test
  void of_moreEventsThanAnEpochMeets_keepsTheLatest() {
    List<Integer> targets = targets(new Windows(8, 10).of(distinct(50), new SplittableRandom(1)));
    assertThat(targets).containsExactlyElementsOf(IntStream.range(41, 50).boxed().toList());
  }

  @Test
  void of_anItemMetAgain_isNoTargetAgain() {
    UserSequence user = new UserSequence(new int[] {3, 4, 3, 5}, new long[] {1, 2, 3, 4});
    assertThat(targets(new Windows(8, 10).of(user, new SplittableRandom(1)))).containsExactly(4, 5);
  }

  @Test
  void of_oneEvent_isNoWindow() {
    assertThat(new Windows(8, 10).of(distinct(1), new SplittableRandom(1))).isEmpty();
  }

  @Test
  void of_eventsOfEqualTime_comeInAnyOrder() {
    UserSequence user = new UserSequence(new int[] {0, 1, 2, 3}, new long[] {1, 5, 5, 9});
    SplittableRandom random = new SplittableRandom(1);
    Set<String> orders = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      orders.add(Arrays.toString(new Windows(8, 10).of(user, random).get(0).rows()));
    }
    assertThat(orders).containsExactlyInAnyOrder("[0, 1, 2, 3]", "[0, 2, 1, 3]");
  }
}
