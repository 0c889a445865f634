package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
  private static final RetryDelays SHORT =
      new RetryDelays(Duration.ofMillis(1), Duration.ofMillis(2));

  @TempDir Path directory;

  @Test
  void publish_storeThatIsAwayForLong_isWaitedFor() throws IOException {
    AwayStore store = new AwayStore(100);
    try (BundleWriter bundle = BundleWriter.stage(directory, new Generation(1))) {
      new Upload(store, SHORT).publish(bundle, TrainingProgress.NONE);
    }
    assertEquals(101, store.asked);
  }

  @Test
  void publish_stopWhileTheStoreIsAway_ends() throws IOException {
    RetryDelays never = new RetryDelays(Duration.ofDays(1), Duration.ofDays(1));
    AwayStore store = new AwayStore(1);
    try (BundleWriter bundle = BundleWriter.stage(directory, new Generation(1))) {
      assertThrows(
          TrainingStoppedException.class,
          () ->
              new Upload(store, never)
                  .publish(bundle, new StoppableProgress(TrainingProgress.NONE, () -> true)));
    }
  }

  @Test
  void publish_generationThatExists_isNotTriedAgain() throws IOException {
    AwayStore store = new AwayStore(-1);
    try (BundleWriter bundle = BundleWriter.stage(directory, new Generation(1))) {
      assertThrows(
          BundleException.class,
          () -> new Upload(store, SHORT).publish(bundle, TrainingProgress.NONE));
    }
    assertEquals(1, store.asked);
  }

  /** Answers after a number of failures; refuses what is below none. */
  private final class AwayStore implements BundleStore {
    private final int failures;
    private int asked;

    AwayStore(int failures) {
      this.failures = failures;
    }

    @Override
    public Path staging() {
      return directory;
    }

    @Override
    public void publish(BundleWriter sealed) throws IOException {
      if (failures < 0) {
        asked++;
        throw new BundleException(sealed.generation(), "it exists");
      }
      if (asked++ < failures) {
        throw new IOException("connection refused");
      }
    }

    @Override
    public Path fetch(Generation generation, String manifestSha256) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean discard(Generation generation, String manifestSha256) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Generation> generations() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(Generation generation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String location() {
      return "away";
    }

    @Override
    public void close() {}
  }
}
