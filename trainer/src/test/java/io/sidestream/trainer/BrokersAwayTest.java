package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.store.RetryDelays;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class BrokersAwayTest {
  private static final RetryDelays DELAYS =
      new RetryDelays(Duration.ofMillis(1), Duration.ofMillis(2));

  private final AtomicInteger attempts = new AtomicInteger();

  /** A bundle that was trained for hours was trained again. */
  @Test
  void waitFor_brokersThatComeBack_doesTheStepAlone() throws Exception {
    BrokersAway.waitFor(
        () -> {
          if (attempts.incrementAndGet() < 4) {
            throw new IOException("cannot be announced", new TimeoutException("no metadata"));
          }
        },
        DELAYS,
        TrainingProgress.NONE);
    assertEquals(4, attempts.get());
  }

  @Test
  void waitFor_anotherFailure_isThrownAtOnce() {
    IOException other = new IOException("the bundle is gone");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                BrokersAway.waitFor(
                    () -> {
                      attempts.incrementAndGet();
                      throw other;
                    },
                    DELAYS,
                    TrainingProgress.NONE));
    assertSame(other, thrown);
    assertEquals(1, attempts.get());
  }

  @Test
  void waitFor_stopMeanwhile_endsIt() {
    TrainingProgress stopping =
        new StoppableProgress(TrainingProgress.NONE, () -> attempts.get() > 1);
    assertThrows(
        TrainingStoppedException.class,
        () ->
            BrokersAway.waitFor(
                () -> {
                  attempts.incrementAndGet();
                  throw new TimeoutException("away");
                },
                DELAYS,
                stopping));
  }
}
