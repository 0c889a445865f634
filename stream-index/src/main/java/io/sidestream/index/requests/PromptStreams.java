package io.sidestream.index.requests;

import static org.apache.kafka.streams.CloseOptions.GroupMembershipOperation.LEAVE_GROUP;

import io.sidestream.index.store.StreamsDirectory;
import io.sidestream.model.store.FullDisk;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka Streams under the prompt topology. A full disk under its histories stops it here, so that
 * another index takes its partitions, until there is space, and so does a store that a full disk
 * left open; any other failure is the process's.
 */
public final class PromptStreams implements AutoCloseable {
  /*
   * Kafka Streams has no way back: what was stopped is not started again, so another one is made,
   * in the same directory where it can. It begins at the last offsets that were committed, as after
   * a kill.
   */
  private static final Logger LOG = LoggerFactory.getLogger(PromptStreams.class);

  /** A member that does not leave the group holds its partitions until the session timeout. */
  private static final CloseOptions STOP =
      CloseOptions.timeout(Duration.ofSeconds(15)).withGroupMembershipOperation(LEAVE_GROUP);

  private final StreamsDirectory directory;
  private final Making making;
  private final Function<KafkaStreams, Runnable> watching;
  private final RetryDelays delays;
  private final Consumer<Throwable> onFailure;
  private final CountDownLatch closing = new CountDownLatch(1);
  private Joined current;
  private int fullDisks;

  /** Makes one that was not started. */
  @FunctionalInterface
  public interface Making {
    /**
     * @param state directory of its stores
     */
    KafkaStreams make(Path state) throws IOException;
  }

  private record Joined(KafkaStreams streams, Runnable unwatch) {}

  /**
   * @param directory of the stores
   * @param watching adds the metrics of one, and returns what removes them
   * @param delays until it is tried again after the disk was full
   * @param onFailure is given what ends it for good
   */
  public PromptStreams(
      StreamsDirectory directory,
      Making making,
      Function<KafkaStreams, Runnable> watching,
      RetryDelays delays,
      Consumer<Throwable> onFailure)
      throws IOException {
    this.directory = directory;
    this.making = making;
    this.watching = watching;
    this.delays = delays;
    this.onFailure = onFailure;
    this.current = made();
  }

  private Joined made() throws IOException {
    KafkaStreams streams = making.make(directory.path());
    streams.setUncaughtExceptionHandler(
        e -> {
          failed(streams, e);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    return new Joined(streams, watching.apply(streams));
  }

  /** Joins the group. */
  public synchronized void start() {
    current.streams().start();
  }

  /** Whether requests are taken, or will be when the group has shared its partitions out. */
  public synchronized boolean isRunning() {
    return current.streams().state().isRunningOrRebalancing();
  }

  private synchronized void failed(KafkaStreams streams, Throwable why) {
    boolean held = StreamsDirectory.isHeld(why);
    if (!held && !FullDisk.caused(why)) {
      onFailure.accept(why);
    } else if (streams == current.streams()) { // its threads may find it one after the other
      if (held) {
        directory.leave();
      }
      makeAnother(why);
    }
  }

  private void makeAnother(Throwable why) {
    Duration delay = delays.after(++fullDisks);
    LOG.warn("no histories, tried again in {}: {}", delay, ReasonText.of(why));
    Joined stopped = current;
    Thread waiting = new Thread(() -> rejoin(stopped, delay), "prompt-streams");
    waiting.setDaemon(true);
    waiting.start();
  }

  private void rejoin(Joined stopped, Duration delay) {
    stopped.streams().close(STOP);
    try {
      if (!closing.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
        rejoin();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void rejoin() {
    if (closing.getCount() == 0) {
      return;
    }
    try {
      current.unwatch().run();
      current = made();
      start();
    } catch (IOException | RuntimeException e) {
      failed(current.streams(), e);
    }
  }

  /** Leaves the group. */
  @Override
  public void close() {
    closing.countDown();
    last().close(STOP);
  }

  private synchronized KafkaStreams last() {
    return current.streams();
  }
}
