package io.sidestream.model.resources;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resources in the order they were opened, closed in reverse, each once; one that fails to close is
 * logged and the others still close. Thread-safe.
 */
public final class CloseableStack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CloseableStack.class);

  private final Deque<AutoCloseable> newestFirst = new ArrayDeque<>();

  /** Adds a resource, to be closed before all added so far. */
  public synchronized <T extends AutoCloseable> T add(T resource) {
    newestFirst.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() {
    while (!newestFirst.isEmpty()) {
      AutoCloseable resource = newestFirst.pop();
      try {
        resource.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.error("{} did not close, the others still do", resource, e);
      }
    }
  }
}
