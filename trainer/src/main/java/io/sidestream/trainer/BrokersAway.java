package io.sidestream.trainer;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.resources.Causes;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures for want of brokers, which pass: what was done before them need not be done again. */
final class BrokersAway {
  private static final Logger LOG = LoggerFactory.getLogger(BrokersAway.class);

  private BrokersAway() {}

  /** What needs brokers. */
  @FunctionalInterface
  interface Attempt {
    void run() throws IOException, InterruptedException;
  }

  /** Whether a failure, or what caused it, is one; so is one where no broker's name is known. */
  static boolean caused(Throwable failure) {
    return Causes.any(
        failure,
        cause ->
            cause instanceof RetriableException
                || (cause instanceof KafkaException
                    && cause.getCause() instanceof ConfigException));
  }

  /**
   * Returns when an attempt succeeded.
   *
   * @param attempt may begin again after it failed in the middle
   * @param progress may throw while brokers are waited for, which ends it
   */
  static void waitFor(Attempt attempt, RetryDelays delays, TrainingProgress progress)
      throws IOException, InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        attempt.run();
        return;
      } catch (IOException | RuntimeException e) {
        if (!caused(e)) {
          throw e;
        }
        LOG.warn("tried again in {}: {}", delays.after(failures), ReasonText.of(e));
        StoppableWait.before(failures, delays, progress);
      }
    }
  }
}
