package io.sidestream.cli.standalone;

import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.settings.SettingsException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a running system, in the order in which they were started. */
final class Lifecycle implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

  /** Closes a part; may fail. */
  @FunctionalInterface
  interface Closing<T> {
    void close(T part) throws Exception;
  }

  /** Waits until a part stops; throws when it failed. */
  @FunctionalInterface
  interface Watching {
    void await() throws Exception;
  }

  private record Part(String name, Callable<Void> close) {}

  private final Deque<Part> running = new ArrayDeque<>();
  private final AtomicReference<UserErrorException> stopped = new AtomicReference<>();
  private volatile boolean closing;

  /** Starts a part and remembers how to close it. */
  <T> T start(String name, Callable<T> start, Closing<T> close) {
    try {
      T part = start.call();
      running.push(
          new Part(
              name,
              () -> {
                close.close(part);
                return null;
              }));
      return part;
    } catch (UserErrorException | SettingsException e) {
      throw e;
    } catch (Exception e) {
      throw new UserErrorException(e, "the " + name + " cannot start: " + e.getMessage());
    }
  }

  /** Notices when a part stops by itself. */
  void watch(String name, Watching watching) {
    Thread thread = new Thread(() -> awaitStop(name, watching), "watch-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void awaitStop(String name, Watching watching) {
    try {
      watching.await();
      stoppedItself(name, new UserErrorException("the %s stopped by itself", name));
    } catch (Exception e) {
      stoppedItself(name, new UserErrorException(e, "the " + name + " stopped: " + e.getMessage()));
    }
  }

  private void stoppedItself(String name, UserErrorException refusal) {
    if (!closing) {
      log.error("{} stopped by itself", name, refusal);
      stopped.compareAndSet(null, refusal);
    }
  }

  /** Throws if a part has stopped by itself. */
  void checkRunning() {
    UserErrorException refusal = stopped.get();
    if (refusal != null) {
      throw refusal;
    }
  }

  /** Closes the parts, the last started first; one that fails does not keep the others open. */
  @Override
  public void close() {
    closing = true;
    while (!running.isEmpty()) {
      Part part = running.pop();
      try {
        part.close().call();
        log.info("{} closed", part.name());
      } catch (Exception e) {
        log.error("closing the {} failed", part.name(), e);
      }
    }
  }
}
