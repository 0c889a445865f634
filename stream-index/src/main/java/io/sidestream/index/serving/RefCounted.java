package io.sidestream.index.serving;

import static io.sidestream.schemas.Checks.check;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something that is closed when the last who holds it lets go. Thread-safe.
 *
 * @param <R> what is held
 */
final class RefCounted<R extends AutoCloseable> {
  private final R resource;
  private final AtomicInteger holders = new AtomicInteger(1);

  /** Whoever makes it is its first holder. */
  RefCounted(R resource) {
    this.resource = resource;
  }

  /** Holds it, unless the last holder has gone already. */
  boolean hold() {
    int seen = holders.get();
    while (seen > 0) {
      if (holders.compareAndSet(seen, seen + 1)) {
        return true;
      }
      seen = holders.get();
    }
    return false;
  }

  /** Only for those who hold it. */
  R get() {
    check(holders.get() > 0, "shared resource is used after its last holder let go");
    return resource;
  }

  /** Lets go; the last one closes. */
  void release() {
    int left = holders.decrementAndGet();
    if (left < 0) {
      throw new IllegalStateException("shared resource is let go of more often than it was held");
    }
    if (left == 0) {
      close();
    }
  }

  int holders() {
    return holders.get();
  }

  private void close() {
    try {
      resource.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("shared resource does not close", e);
    }
  }
}
