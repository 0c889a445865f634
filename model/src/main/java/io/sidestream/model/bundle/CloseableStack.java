package io.sidestream.model.bundle;

import java.util.ArrayDeque;
import java.util.Deque;

/** Native parts opened one after the other, closed in the opposite order, each once. */
final class CloseableStack {
  private final Deque<Runnable> newestFirst = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    newestFirst.push(() -> closeOne(part));
    return part;
  }

  private static void closeOne(AutoCloseable part) {
    try {
      part.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("cannot close " + part, e);
    }
  }

  synchronized void close() {
    while (!newestFirst.isEmpty()) {
      newestFirst.pop().run();
    }
  }
}
