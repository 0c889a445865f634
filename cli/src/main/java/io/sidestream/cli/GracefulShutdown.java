package io.sidestream.cli;

import io.sidestream.schemas.ReasonText;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a running system exactly once: at the end of the command, or on Ctrl-C. */
final class GracefulShutdown implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GracefulShutdown.class);

  private final Runnable close;
  private final PrintWriter out;
  private final Thread hook = new Thread(this::interrupted, "stop");
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean closed;
  private volatile boolean stopping;

  private GracefulShutdown(Runnable close, PrintWriter out) {
    this.close = close;
    this.out = out;
  }

  /**
   * Registers a shutdown hook.
   *
   * @param close closes the system
   */
  static GracefulShutdown of(Runnable close, PrintWriter out) {
    GracefulShutdown stop = new GracefulShutdown(close, out);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** Whether Ctrl-C was pressed: later failures are consequences of it. */
  boolean stopping() {
    return stopping;
  }

  /** Waits until Ctrl-C. */
  void await() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void interrupted() {
    stopping = true;
    out.println();
    out.println("stopping …");
    out.flush();
    try {
      closeOnce();
      out.println("stopped");
    } catch (RuntimeException e) {
      log.error("stopping failed", e);
      out.println("stopping failed: " + ReasonText.of(e));
    }
    out.flush();
    stopped.countDown();
  }

  private synchronized void closeOnce() {
    if (!closed) {
      closed = true;
      close.run();
    }
  }

  @Override
  public void close() {
    if (stopping) {
      await();
      return;
    }
    closeOnce();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      log.debug("the JVM is shutting down already");
    }
  }
}
