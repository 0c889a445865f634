package io.sidestream.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Exclusive lock on a broker's directory, taken before its first file is opened. Kafka's own lock
 * is taken only after the metadata log was written to.
 */
final class DirectoryLock implements AutoCloseable {
  static final String FILE = "embedded-broker.lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  static DirectoryLock take(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new DirectoryLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(directory, e);
    }
    channel.close();
    throw inUse(directory, null);
  }

  /** Releases the directory to other brokers. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static IOException inUse(Path directory, @Nullable Exception cause) {
    return new IOException(
        directory + " is in use by another broker, expected a directory of its own", cause);
  }
}
