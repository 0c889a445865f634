package io.sidestream.cli.standalone;

import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.access.ClusterErrors;
import io.sidestream.schemas.settings.SettingsException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the parts of a process, watches them, and closes them in the opposite order. */
public final class Lifecycle implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);
  private static final long PAUSE_NANOS = 200_000_000;

  /** Closes a part, or waits until it stops; throws when it failed. */
  @FunctionalInterface
  public interface Action<T> {
    void on(T part) throws Exception;
  }

  private record Part(String name, Callable<Void> close) {}

  private final Deque<Part> running = new ArrayDeque<>();
  private final AtomicReference<UserErrorException> stopped = new AtomicReference<>();
  private volatile boolean closing;

  /** Starts a part, to be closed with this object. */
  <T> T start(String name, Callable<T> start, Action<T> close) {
    try {
      T part = start.call();
      running.push(
          new Part(
              name,
              () -> {
                close.on(part);
                return null;
              }));
      return part;
    } catch (UserErrorException | SettingsException e) {
      throw e;
    } catch (Exception e) {
      throw new UserErrorException(e, "the " + name + " cannot start: " + ClusterErrors.reason(e));
    }
  }

  /**
   * Starts an application and watches it.
   *
   * @param await waits until it stops; throws when it failed
   */
  public <T extends AutoCloseable> T run(String name, Callable<T> start, Action<T> await) {
    T application = start(name, start, AutoCloseable::close);
    Thread thread = new Thread(() -> watch(name, application, await), "watch-" + name);
    thread.setDaemon(true);
    thread.start();
    return application;
  }

  private <T> void watch(String name, T application, Action<T> await) {
    try {
      await.on(application);
      stoppedItself(name, new UserErrorException("the %s stopped by itself", name));
    } catch (Exception e) {
      stoppedItself(
          name, new UserErrorException(e, "the " + name + " stopped: " + ClusterErrors.reason(e)));
    }
  }

  private void stoppedItself(String name, UserErrorException error) {
    if (!closing) {
      log.error("{} stopped by itself", name, error);
      stopped.compareAndSet(null, error);
    }
  }

  /**
   * Checks that every application is running.
   *
   * @throws UserErrorException when one has stopped by itself
   */
  void checkRunning() {
    UserErrorException error = stopped.get();
    if (error != null) {
      throw error;
    }
  }

  /**
   * Waits until the process is asked to stop.
   *
   * @param stopping whether it is
   * @throws UserErrorException when an application has stopped by itself
   */
  public void awaitStopped(BooleanSupplier stopping) {
    while (!stopping.getAsBoolean()) {
      checkRunning();
      LockSupport.parkNanos(PAUSE_NANOS);
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
