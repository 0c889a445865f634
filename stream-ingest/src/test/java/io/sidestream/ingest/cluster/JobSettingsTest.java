package io.sidestream.ingest.cluster;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobSettingsTest {
  private static final URI DIRECTORY = URI.create("file:///tmp/checkpoints");
  private static final Duration INTERVAL = JobSettings.INTERVAL_MIN;

  @Test
  void new_parallelismBeyondKeyGroups_throws() {
    assertRefused(DIRECTORY, INTERVAL, JobSettings.MAX_PARALLELISM + 1);
  }

  @Test
  void new_noParallelism_throws() {
    assertRefused(DIRECTORY, INTERVAL, 0);
  }

  @Test
  void new_intervalTooShort_throws() {
    assertRefused(DIRECTORY, INTERVAL.minusMillis(1), 1);
  }

  @Test
  void new_directoryNotAUri_throws() {
    assertRefused(URI.create("work/checkpoints"), INTERVAL, 1);
  }

  private static void assertRefused(URI checkpoints, Duration interval, int parallelism) {
    assertThrows(
        IllegalArgumentException.class, () -> new JobSettings(checkpoints, interval, parallelism));
  }
}
