package io.sidestream.index.answering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AnswerTimeTest {
  private static final long MILLIS = 1_000_000;

  private final AnswerTime time = new AnswerTime();

  @Test
  void mean_firstAnswersOfAProcess_doNotCount() {
    add(AnswerTime.COLD, 700 * MILLIS);
    assertEquals(0, time.mean());
    add(1, 8 * MILLIS);
    assertEquals(8 * MILLIS, time.mean());
  }

  /** Times of a process that becomes warm: from 40 ms down to 5. */
  @Test
  void mean_timesStillFall_areFollowed() {
    add(AnswerTime.COLD, 700 * MILLIS);
    add(1, 40 * MILLIS);
    add(10, 5 * MILLIS);
    assertEquals(7 * MILLIS, time.mean(), MILLIS);
  }

  /** A pause of one answer is no flood, and times that stay longer are known soon. */
  @Test
  void mean_warmAndOneIsLong_countsAsFour() {
    add(AnswerTime.WARMING, 10 * MILLIS);
    add(1, 900 * MILLIS);
    assertEquals(11.5 * MILLIS, time.mean(), 1);
    add(60, 50 * MILLIS);
    assertTrue(time.mean() > 45 * MILLIS, time.mean() + " ns");
  }

  private void add(int answers, long nanos) {
    for (int i = 0; i < answers; i++) {
      time.add(nanos);
    }
  }
}
