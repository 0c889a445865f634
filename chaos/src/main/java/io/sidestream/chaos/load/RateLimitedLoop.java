package io.sidestream.chaos.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Does something at a constant rate in a thread of its own, until it is closed. */
final class RateLimitedLoop implements AutoCloseable {
  private final LongConsumer work;
  private final Duration pause;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param work is given a number that counts from 0
   */
  private RateLimitedLoop(String name, double perSecond, LongConsumer work) {
    this.work = work;
    this.pause = Duration.ofNanos((long) (1e9 / perSecond));
    this.thread = new Thread(this::run, name);
  }

  static RateLimitedLoop start(String name, double perSecond, LongConsumer work) {
    RateLimitedLoop loop = new RateLimitedLoop(name, perSecond, work);
    loop.thread.setDaemon(true);
    loop.thread.start();
    return loop;
  }

  /** One that comes late does not hurry to catch up. */
  private void run() {
    for (long i = 0; !closed; i++) {
      work.accept(i);
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
