package io.sidestream.model.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Failures for want of space, which pass when there is some again. */
public final class FullDisk {
  /** As the system says it, and with it Java, RocksDB and Kafka. */
  private static final List<String> SAID =
      List.of("No space left on device", "Disk quota exceeded");

  /** Causes that are looked at; a chain may be a circle. */
  private static final int MOST_CAUSES = 32;

  private FullDisk() {}

  /** Whether a failure, or one that it was caused by, is that a file could not grow. */
  public static boolean caused(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      String message = cause.getMessage();
      if (message != null && SAID.stream().anyMatch(message::contains)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
