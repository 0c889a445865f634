package io.sidestream.index.store;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of 256 MiB that can be filled; a test is skipped where none may be mounted. */
public final class SmallDisk implements AutoCloseable {
  private static final int MORE_THAN_FITS = 258 << 20;

  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /** Mounts it at a directory, which is made. */
  public static SmallDisk mount(Path directory) throws IOException {
    Files.createDirectory(directory);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", directory.toString()) == 0,
        "skipped: this process may not mount a small file system");
    return new SmallDisk(directory);
  }

  /** Where it is. */
  public Path directory() {
    return directory;
  }

  /** Takes all space that is left. */
  public void fill() {
    assertThrows(IOException.class, () -> Files.write(filler(), new byte[MORE_THAN_FITS]));
  }

  /** Gives the space back. RocksDB looks for it every five seconds, and needs a buffer's. */
  public void free() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return directory.resolve("filler");
  }

  @Override
  public void close() throws IOException {
    run("umount", "-l", directory.toString());
  }

  private static int run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(command[0]);
    }
  }
}
