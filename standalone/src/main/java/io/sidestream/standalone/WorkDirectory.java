package io.sidestream.standalone;

import io.sidestream.standalone.refusal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where one system keeps everything between runs; claimed by one process at a time. */
public final class WorkDirectory implements AutoCloseable {
  private final Path root;
  private final FileChannel lock;

  private WorkDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Makes the directory where it is missing, and keeps other processes out until closed.
   *
   * @throws Refusal when another process has it
   */
  public static WorkDirectory claim(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new Refusal("work directory %s is in use by another running system", root);
      }
      return new WorkDirectory(root, channel);
    } catch (IOException e) {
      throw new Refusal(e, "work directory " + root + " cannot be written: " + e.getMessage());
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

  public Path root() {
    return root;
  }

  /** The broker's logs. */
  public Path broker() {
    return root.resolve("broker");
  }

  /** Bundles, one directory each. */
  public Path generations() {
    return root.resolve("generations");
  }

  /** The index in RocksDB, and the state of its streams. */
  public Path index() {
    return root.resolve("index");
  }

  /** Flink's checkpoints. */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** The log of the process that has the directory. */
  public Path logs() {
    return root.resolve("logs");
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
