package io.sidestream.index.serving;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;

/** A thread that owns a consumer: it reads until it is asked to stop, then closes the consumer. */
public final class ConsumerThread implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final Consumer<?, ?> consumer;
  private final boolean woken;
  private final Runnable loop;
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * Of a consumer that commits: no call of it is ended by a stop.
   *
   * @param consumer closed when the loop ends, or by {@link #close} where it never began
   * @param loop returns soon after {@link #isStopping}
   * @param onFailure called with the failure that ended the loop
   */
  public ConsumerThread(
      String name,
      Consumer<?, ?> consumer,
      Runnable loop,
      java.util.function.Consumer<Throwable> onFailure) {
    this(name, consumer, false, loop, onFailure);
  }

  private ConsumerThread(
      String name,
      Consumer<?, ?> consumer,
      boolean woken,
      Runnable loop,
      java.util.function.Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.woken = woken;
    this.loop = loop;
    this.thread = new Thread(this::run, name);
    thread.setUncaughtExceptionHandler((failed, why) -> onFailure.accept(why));
  }

  /** Of a consumer that only reads, and waits for brokers however long: a stop ends the wait. */
  static ConsumerThread reading(
      String name,
      Consumer<?, ?> consumer,
      Runnable loop,
      java.util.function.Consumer<Throwable> onFailure) {
    return new ConsumerThread(name, consumer, true, loop, onFailure);
  }

  public void start() {
    thread.start();
  }

  /** Whether the loop began; it need not run any more. */
  public boolean hasStarted() {
    return thread.getState() != Thread.State.NEW;
  }

  public boolean isStopping() {
    return stopping;
  }

  private void run() {
    try (consumer) {
      loop.run();
    } catch (WakeupException e) {
      if (!stopping) {
        throw e;
      }
    }
  }

  /** Waits for the end of the loop, not for long. */
  @Override
  public void close() {
    stopping = true;
    if (!hasStarted()) {
      consumer.close();
    } else if (woken) {
      consumer.wakeup();
    }
    try {
      thread.join(STOP_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
