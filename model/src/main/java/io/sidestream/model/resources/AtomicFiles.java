package io.sidestream.model.resources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Replaces files atomically: written to a temporary file in the same directory, then renamed.
 * Readers and concurrent writers see the old content or the new, never a part.
 */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** Writes the content of the file it is given. */
  @FunctionalInterface
  public interface ContentWriter {
    void write(Path file) throws IOException;
  }

  /** Replaces a file's content with these bytes. */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, temporary -> Files.write(temporary, content));
  }

  /** Replaces a file's content with what the writer writes; leaves nothing where that fails. */
  public static void write(Path file, ContentWriter writer) throws IOException {
    String name = "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new";
    Path temporary = file.resolveSibling(name);
    try {
      writer.write(temporary);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
