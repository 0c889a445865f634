package io.sidestream.learning.collaborative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.learning.collaborative.ImplicitFeedback.Event;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImplicitFeedbackTest {
  @Test
  void of_sameUserAndItem_addsWeights() {
    List<Event> events =
        List.of(new Event(2, 3, 1), new Event(0, 1, 0.5f), new Event(2, 0, 1), new Event(2, 3, 2));
    ImplicitFeedback feedback = ImplicitFeedback.of(4, 5, events);
    assertEquals(3, feedback.pairs());
    assertArrayEquals(new int[] {0, 3}, feedback.rows(2));
    assertArrayEquals(new float[] {1, 3}, feedback.weights(2));
    assertArrayEquals(new int[0], feedback.rows(1));
    assertArrayEquals(new int[0], feedback.rows(3));
  }

  @Test
  void transposed_twice_isTheSame() {
    int[][] histories = Blocks.histories(20, 30, 1);
    ImplicitFeedback feedback = ImplicitFeedback.of(30, histories);
    ImplicitFeedback back = feedback.transposed().transposed();
    for (int user = 0; user < histories.length; user++) {
      assertArrayEquals(histories[user], feedback.rows(user));
      assertArrayEquals(histories[user], back.rows(user));
      assertArrayEquals(feedback.weights(user), back.weights(user));
    }
    assertArrayEquals(
        new int[] {0}, ImplicitFeedback.of(2, new int[][] {{1}}).transposed().rows(1));
  }

  @Test
  void of_badEvents_areRefused() {
    refused(new Event(1, 0, 1));
    refused(new Event(0, 1, 1));
    refused(new Event(-1, 0, 1));
    refused(new Event(0, 0, 0));
    refused(new Event(0, 0, Float.NaN));
  }

  @Test
  void of_tooManyEvents_isRefused() {
    ImplicitFeedback.checkCount(ImplicitFeedback.MAX_EVENTS);
    assertThrows(
        IllegalArgumentException.class,
        () -> ImplicitFeedback.checkCount(ImplicitFeedback.MAX_EVENTS + 1L));
  }

  private static void refused(Event event) {
    assertThrows(IllegalArgumentException.class, () -> ImplicitFeedback.of(1, 1, List.of(event)));
  }

  @Test
  void sample_moreUsersThanTheLimit_takesThemEvenly() {
    int[][] rows = IntStream.range(0, 10).mapToObj(user -> new int[] {user}).toArray(int[][]::new);

    ImplicitFeedback sampled = ImplicitFeedback.of(10, rows).sample(5);

    assertEquals(5, sampled.users());
    assertArrayEquals(new int[] {0}, sampled.rows(0));
    assertArrayEquals(new int[] {8}, sampled.rows(4));
  }
}
