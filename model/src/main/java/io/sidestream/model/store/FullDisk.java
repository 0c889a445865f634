package io.sidestream.model.store;

import io.sidestream.model.resources.Causes;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures for want of space, which pass when there is some again. */
public final class FullDisk {
  private static final Logger LOG = LoggerFactory.getLogger(FullDisk.class);

  /** As the system says it, and with it Java, RocksDB and Kafka. */
  private static final List<String> SAID =
      List.of("No space left on device", "Disk quota exceeded");

  private FullDisk() {}

  /** Makes something, and has released all that it took when it throws. */
  @FunctionalInterface
  public interface Making<T> {
    T make() throws IOException;
  }

  /** Makes something, again and again while a disk is full. */
  public static <T> T waitedFor(RetryDelays delays, Making<T> making) throws IOException {
    for (int failures = 1; ; failures++) {
      try {
        return making.make();
      } catch (IOException | RuntimeException e) {
        if (!caused(e)) {
          throw e;
        }
        LOG.warn("a disk is full, tried again in {}: {}", delays.after(failures), ReasonText.of(e));
        sleep(delays, failures);
      }
    }
  }

  private static void sleep(RetryDelays delays, int failures) throws InterruptedIOException {
    try {
      delays.await(failures, () -> false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a full disk is waited for");
    }
  }

  /** Whether a failure, or one that it was caused by, is that a file could not grow. */
  public static boolean caused(@Nullable Throwable failure) {
    return Causes.anySays(failure, message -> SAID.stream().anyMatch(message::contains));
  }
}
