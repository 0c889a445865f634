package io.sidestream.index;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be ended in the opposite order, each once, whatever the others do. */
final class ClosingOrder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClosingOrder.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  /** Notes what is to be closed before everything noted so far. */
  synchronized <T extends AutoCloseable> T add(T part) {
    started.push(part);
    return part;
  }

  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      AutoCloseable part = started.pop();
      try {
        part.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.error("a part did not close, the others still do", e);
      }
    }
  }
}
