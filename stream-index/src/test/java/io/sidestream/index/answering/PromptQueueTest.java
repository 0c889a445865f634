package io.sidestream.index.answering;

import static io.sidestream.model.generator.Task.RECOMMENDATION;
import static io.sidestream.model.generator.Task.SEARCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.index.answering.PromptQueue.Taken;
import io.sidestream.model.generator.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptQueueTest {
  private static final long MILLIS = 1_000_000;

  private final PromptQueue<Task> queue = new PromptQueue<>(2);

  /** A recommendation does not wait behind searches that came before it. */
  @Test
  void take_otherTaskCame_itIsNext() throws Exception {
    add(SEARCH, 100);
    for (int i = 0; i < 10; i++) {
      assertEquals(SEARCH, serve(7 * MILLIS));
    }
    add(RECOMMENDATION, 1);
    assertEquals(RECOMMENDATION, serve(2 * MILLIS));
    assertEquals(SEARCH, serve(7 * MILLIS));
  }

  @Test
  void take_bothWait_shareTheTimeEvenly() throws Exception {
    add(SEARCH, 1_000);
    add(RECOMMENDATION, 1_000);
    long[] nanos = new long[2];
    for (int i = 0; i < 500; i++) {
      Taken<Task> next = queue.take().orElseThrow();
      long time = next.task() == SEARCH ? 8 * MILLIS : 2 * MILLIS;
      queue.answered(next, time);
      nanos[next.task().ordinal()] += time;
    }
    assertEquals(1, (double) nanos[0] / nanos[1], .02);
  }

  /** What a task did not use is not saved up: else it would hold the workers later. */
  @Test
  void take_taskWasAway_getsHalfAndNoMore() throws Exception {
    add(SEARCH, 1_000);
    for (int i = 0; i < 500; i++) {
      serve(MILLIS);
    }
    add(RECOMMENDATION, 100);
    int recommendations = 0;
    for (int i = 0; i < 20; i++) {
      recommendations += serve(MILLIS) == RECOMMENDATION ? 1 : 0;
    }
    assertEquals(10, recommendations, 1);
  }

  /** A task is not charged for prompts that no worker answered. */
  @Test
  void notAnswered_chargeIsGivenBack() throws Exception {
    add(SEARCH, 1_000);
    add(RECOMMENDATION, 1_000);
    int answered = 0;
    for (int i = 0; i < 300; i++) {
      Taken<Task> next = queue.take().orElseThrow();
      if (next.task() == SEARCH && i > 20 && i % 2 == 0) {
        queue.notAnswered(next, 0);
      } else {
        queue.answered(next, MILLIS);
        answered += next.task() == SEARCH ? 1 : -1;
      }
    }
    assertEquals(0, answered, 2);
  }

  /** The mean changes while two are answered at once: each gives back what it was charged. */
  @Test
  void answered_meanChangedMeanwhile_correctsWhatWasCharged() throws Exception {
    add(SEARCH, 1_000);
    add(RECOMMENDATION, 1_000);
    long[] nanos = new long[2];
    for (int i = 0; i < 500; i++) {
      Taken<Task> one = queue.take().orElseThrow();
      Taken<Task> other = queue.take().orElseThrow();
      for (Taken<Task> each : List.of(one, other)) {
        long time = each.task() == SEARCH ? (i % 2 == 0 ? 1 : 19) * MILLIS : 5 * MILLIS;
        queue.answered(each, time);
        nanos[each.task().ordinal()] += time;
      }
    }
    assertEquals(1, (double) nanos[0] / nanos[1], .02);
  }

  @Test
  void expected_queued_isTheWorkBeforeIt() throws Exception {
    assertEquals(Duration.ZERO, queue.expected(SEARCH).queued());
    warm(SEARCH, 10 * MILLIS);
    warm(RECOMMENDATION, 4 * MILLIS);
    add(SEARCH, 10);
    assertEquals(Duration.ofMillis(50), queue.expected(SEARCH).queued()); // 10 by 2 workers
    assertEquals(Duration.ofMillis(2), queue.expected(RECOMMENDATION).queued()); // one may be next
    add(RECOMMENDATION, 2); // 8 ms, and as much of the searches, and one more
    assertEquals(Duration.ofMillis(10), queue.expected(RECOMMENDATION).queued());
    assertEquals(Duration.ofMillis(10), queue.expected(SEARCH).answer());
  }

  @Test
  void expected_most_isTheLongestSinceNoneWaited() throws Exception {
    warm(SEARCH, 10 * MILLIS);
    add(SEARCH, 10);
    queue.expected(SEARCH);
    for (int i = 0; i < 9; i++) {
      serve(10 * MILLIS);
    }
    assertEquals(Duration.ofMillis(5), queue.expected(SEARCH).queued());
    assertEquals(Duration.ofMillis(50), queue.expected(SEARCH).most());
    assertEquals(Duration.ZERO, queue.expected(RECOMMENDATION).most());
    serve(10 * MILLIS);
    assertEquals(Duration.ZERO, queue.expected(SEARCH).most());
  }

  @Test
  void removeIfAndClose_giveNothingMore() throws Exception {
    add(SEARCH, 3);
    add(RECOMMENDATION, 2);
    queue.removeIf(task -> task == SEARCH);
    assertEquals(0, queue.waiting(SEARCH));
    assertEquals(2, queue.waiting(RECOMMENDATION));
    queue.close();
    assertTrue(queue.take().isEmpty());
  }

  private void add(Task task, int count) {
    for (int i = 0; i < count; i++) {
      queue.add(task, task);
    }
  }

  private void warm(Task task, long nanos) throws InterruptedException {
    for (int i = 0; i <= AnswerTime.COLD; i++) {
      add(task, 1);
      queue.answered(queue.take().orElseThrow(), nanos);
    }
  }

  private Task serve(long nanos) throws InterruptedException {
    Taken<Task> next = queue.take().orElseThrow();
    queue.answered(next, nanos);
    assertEquals(next.prompt(), next.task());
    return next.task();
  }
}
