package io.sidestream.ingest.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.GenerationAnnouncement;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedCodersTest {
  private final SharedCoders shared = new SharedCoders();
  private final GenerationAnnouncement generation = Announced.candidate(1, 0);

  @Test
  void acquire_twice_opensOnce() throws Exception {
    ItemCoder first = shared.acquire(generation, TitleCoder::open);
    ItemCoder second = shared.acquire(generation, TitleCoder::open);

    assertSame(first, second);
  }

  @Test
  void release_byTheLast_closes() throws Exception {
    TitleCoder coder = (TitleCoder) shared.acquire(generation, TitleCoder::open);
    shared.acquire(generation, TitleCoder::open);

    shared.release(generation);
    assertFalse(coder.closed());
    shared.release(generation);
    assertEquals(true, coder.closed());
    assertEquals(0, shared.size());
  }

  @Test
  void release_notAcquired_throws() {
    assertThrows(IllegalStateException.class, () -> shared.release(generation));
  }

  @Test
  void of_bundleRefused_isEmptyAndHoldsNothing() {
    CoderOpener refusing =
        announced -> {
          throw new BundleRefusedException("generation 1: encoder.onnx is missing", null);
        };
    try (LeasedCoders coders = new LeasedCoders(shared, refusing, RetryDelays.DEFAULT)) {
      assertEquals(Optional.empty(), coders.of(generation, 0));
      assertEquals(0, shared.size());
    }
  }

  @Test
  void close_holding_releasesAll() {
    try (LeasedCoders coders = new LeasedCoders(shared, TitleCoder::open, RetryDelays.DEFAULT)) {
      coders.of(generation, 0);
      coders.of(Announced.candidate(2, 0), 0);
      assertEquals(2, shared.size());
    }
    assertEquals(0, shared.size());
  }
}
