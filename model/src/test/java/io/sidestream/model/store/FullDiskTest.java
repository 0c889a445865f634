package io.sidestream.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FullDiskTest {
  @Test
  void caused_deviceWithoutSpace_isFoundThroughOtherExceptions() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "skipped: this system has no /dev/full");
    IOException refused =
        assertThrows(
            IOException.class,
            () -> {
              try (FileOutputStream out = new FileOutputStream(full.toFile())) {
                out.write(new byte[10]);
              }
            });
    assertTrue(FullDisk.caused(refused));
    assertTrue(FullDisk.caused(new IllegalStateException("it stopped", refused)));
  }

  @Test
  void waitedFor_fullDisk_isTriedUntilThereIsSpace() throws IOException {
    RetryDelays soon = new RetryDelays(Duration.ofMillis(1), Duration.ofMillis(2));
    AtomicInteger tries = new AtomicInteger();
    String made =
        FullDisk.waitedFor(
            soon,
            () -> {
              if (tries.incrementAndGet() < 20) {
                throw new UncheckedIOException(new IOException("No space left on device"));
              }
              return "made";
            });
    assertEquals("made", made);
    assertThrows(
        IOException.class,
        () ->
            FullDisk.waitedFor(
                soon,
                () -> {
                  throw new IOException("the directory is locked");
                }));
  }

  @Test
  void caused_otherFailures_areNotOfADisk() {
    assertFalse(FullDisk.caused(null));
    assertFalse(FullDisk.caused(new UncheckedIOException(new IOException("connection reset"))));
  }

  @Test
  void caused_causesInACircle_ends() {
    IllegalStateException one = new IllegalStateException("one");
    IllegalStateException two = new IllegalStateException("two", one);
    one.initCause(two);
    assertFalse(FullDisk.caused(two));
  }
}
