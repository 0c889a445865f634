package io.sidestream.model.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a cache directory: held by one thread of one process of the machine. The system
 * releases it when its process dies.
 */
final class CacheLock {
  /** File locks are of a process: threads of this one exclude each other by these. */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private CacheLock() {}

  /** What is done under the lock. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Waits for the lock, does the work, and releases the lock. */
  static <T> T holding(Path directory, Work<T> work) throws IOException {
    Files.createDirectories(directory);
    ReentrantLock thread =
        THREADS.computeIfAbsent(directory.toRealPath(), path -> new ReentrantLock());
    thread.lock();
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock process = channel.lock();
      try {
        return work.run();
      } finally {
        process.release();
      }
    } finally {
      thread.unlock();
    }
  }
}
