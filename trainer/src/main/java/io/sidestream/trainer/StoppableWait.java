package io.sidestream.trainer;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.store.RetryDelays;
import java.io.InterruptedIOException;

/** The time between two attempts, which a stop of the trainer ends. */
final class StoppableWait {
  private StoppableWait() {}

  /**
   * Waits for the next attempt.
   *
   * @param failures attempts that failed, in a row
   * @param progress may throw meanwhile, which ends the waiting
   */
  static void before(int failures, RetryDelays delays, TrainingProgress progress)
      throws InterruptedIOException {
    try {
      delays.await(
          failures,
          () -> {
            progress.step(0, 1);
            return false;
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another attempt waits");
    }
  }
}
