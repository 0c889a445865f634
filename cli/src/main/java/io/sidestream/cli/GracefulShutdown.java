package io.sidestream.cli;

import io.sidestream.schemas.ReasonText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a running system exactly once: at the end of the command, or on Ctrl-C. */
final class GracefulShutdown implements AutoCloseable {
  /*
   * The JVM runs all shutdown hooks at once. One of ONNX Runtime's frees what answers are being
   * computed with, and a process that computes crashes. So a signal closes the system first, and
   * ends the JVM then. The hook is for a JVM that ends otherwise.
   */
  private static final Logger log = LoggerFactory.getLogger(GracefulShutdown.class);

  /** What a shell adds to a signal's number: the exit code of a process that it ended. */
  private static final int SIGNALLED = 128;

  private final Runnable close;
  private final PrintWriter out;
  private final Thread hook = new Thread(this::interrupted, "stop");
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final List<Runnable> signals = new ArrayList<>();
  private boolean closed;

  private GracefulShutdown(Runnable close, PrintWriter out) {
    this.close = close;
    this.out = out;
  }

  /**
   * Takes the signals that ask to stop.
   *
   * @param close closes the system
   */
  static GracefulShutdown of(Runnable close, PrintWriter out) {
    GracefulShutdown stop = new GracefulShutdown(close, out);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    for (String name : Signals.STOPPING) {
      Signals.take(name, stop::signalled).ifPresent(stop.signals::add);
    }
    return stop;
  }

  /** Whether Ctrl-C was pressed: later failures are consequences of it. */
  boolean stopping() {
    return stopping.get();
  }

  /** Waits until Ctrl-C. */
  void await() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void signalled(int number) {
    Thread stop =
        new Thread(
            () -> {
              interrupted();
              System.exit(SIGNALLED + number);
            },
            "stop");
    stop.start();
  }

  private void interrupted() {
    if (stopping.getAndSet(true)) {
      await();
      return;
    }
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
    if (stopping.get()) {
      untilTheEnd(); // of this process, whose exit code is that of the signal
      return;
    }
    closeOnce();
    signals.forEach(Runnable::run);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      log.debug("the JVM is shutting down already");
    }
  }

  private static void untilTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
