package io.sidestream.cli.standalone;

import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserErrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Directory of one system, kept between runs; locked by one process at a time. */
public final class WorkDirectory implements AutoCloseable {
  private final WorkPaths paths;
  private final FileChannel lock;

  private WorkDirectory(WorkPaths paths, FileChannel lock) {
    this.paths = paths;
    this.lock = lock;
  }

  /**
   * Creates the directory if it is missing, and locks it until closed.
   *
   * @throws UserErrorException when another process holds the lock
   */
  public static WorkDirectory claim(Path directory) {
    WorkPaths paths = new WorkPaths(directory);
    Path root = paths.root();
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new UserErrorException("work directory %s is in use by another running system", root);
      }
      return new WorkDirectory(paths, channel);
    } catch (IOException e) {
      throw new UserErrorException(
          e, "work directory " + root + " cannot be written: " + ReasonText.of(e));
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Its layout. */
  public WorkPaths paths() {
    return paths;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
