package io.sidestream.index.store;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Uses of a RocksDB by any threads: it is closed when none is under way, and none begins
 * afterwards. RocksDB itself ends the process where it is used while it is closed, or later.
 */
final class StoreUses {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final String name;
  private boolean closed; // guarded by lock

  /**
   * @param name of the store, for messages
   */
  StoreUses(String name) {
    this.name = name;
  }

  /**
   * Begins a use, which the same thread ends; it may begin one within another.
   *
   * @throws IllegalStateException when the store is closed
   */
  void begin() {
    lock.readLock().lock();
    if (closed) {
      lock.readLock().unlock();
      throw new IllegalStateException(name + " is closed");
    }
  }

  /** Ends a use. */
  void end() {
    lock.readLock().unlock();
  }

  /** Waits for the uses under way, and closes unless that was done. */
  void close(Runnable closing) {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        closing.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
