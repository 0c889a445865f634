package io.sidestream.model.resources;

import static io.sidestream.schemas.Checks.check;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A resource with a reference count, closed when the last reference is released. Lock-free,
 * thread-safe.
 *
 * @param <R> the resource
 */
public final class RefCounted<R extends AutoCloseable> {
  private final R resource;
  private final AtomicInteger references = new AtomicInteger(1);

  /** Starts with one reference, the creator's. */
  public RefCounted(R resource) {
    this.resource = resource;
  }

  /** Takes one more reference; false when the last one was released already. */
  public boolean tryRetain() {
    int seen = references.get();
    while (seen > 0) {
      if (references.compareAndSet(seen, seen + 1)) {
        return true;
      }
      seen = references.get();
    }
    return false;
  }

  /** The resource, for holders of a reference. */
  public R get() {
    check(references.get() > 0, "resource is used after its last reference was released");
    return resource;
  }

  /**
   * Releases one reference; the last one closes the resource.
   *
   * @return whether this was the last one
   */
  public boolean release() {
    int left = references.decrementAndGet();
    if (left < 0) {
      throw new IllegalStateException("resource is released more often than it was retained");
    }
    if (left == 0) {
      close();
    }
    return left == 0;
  }

  private void close() {
    try {
      resource.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("resource does not close", e);
    }
  }
}
