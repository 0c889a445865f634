package io.sidestream.model.resources;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path directory;

  @Test
  void write_overAFile_replacesItAndLeavesNothingBeside() throws IOException {
    Path file = Files.writeString(directory.resolve("a"), "old");
    AtomicFiles.write(file, new byte[] {1, 2});
    assertArrayEquals(new byte[] {1, 2}, Files.readAllBytes(file));
    assertIsAlone();
  }

  private void assertIsAlone() throws IOException {
    try (var all = Files.list(directory)) {
      assertEquals(1, all.count());
    }
  }

  @Test
  void write_writerThatFails_leavesTheOldContentAlone() throws IOException {
    Path file = Files.writeString(directory.resolve("a"), "old");
    assertThrows(
        IOException.class,
        () ->
            AtomicFiles.write(
                file,
                temporary -> {
                  Files.writeString(temporary, "ne");
                  throw new IOException("full");
                }));
    assertEquals("old", Files.readString(file));
    assertIsAlone();
  }
}
