package io.sidestream.cli.check;

import io.sidestream.cli.produce.RateLimiter;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Sends requests at a constant rate from its own thread, and counts their outcomes. */
public final class RequestStream implements AutoCloseable {
  private final List<Supplier<CompletableFuture<Reply>>> requests;
  private final RateLimiter limiter;
  private final Clock clock;
  private final LongAdder sent = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder mixed = new LongAdder();
  private final LongAccumulator slowestMillis = new LongAccumulator(Math::max, 0);
  private final AtomicReference<Generation> newest = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "requests");
  private volatile CompletableFuture<?> last = CompletableFuture.completedFuture(null);
  private volatile boolean stopped;

  private RequestStream(
      List<Supplier<CompletableFuture<Reply>>> requests, RateLimiter limiter, Clock clock) {
    this.requests = requests;
    this.limiter = limiter;
    this.clock = clock;
  }

  /** Begins to send these requests, over and over. */
  public static RequestStream start(
      List<Supplier<CompletableFuture<Reply>>> requests, int rate, Clock clock) {
    RequestStream stream = new RequestStream(requests, RateLimiter.perSecond(rate, clock), clock);
    stream.thread.setDaemon(true);
    stream.thread.start();
    return stream;
  }

  private void run() {
    CompletableFuture<?> all = CompletableFuture.completedFuture(null);
    for (int i = 0; !stopped; i++) {
      limiter.awaitNext();
      sent.increment();
      long start = clock.millis();
      CompletableFuture<?> reply =
          requests
              .get(i % requests.size())
              .get()
              .handle((answer, failure) -> count(answer, failure, start));
      all = CompletableFuture.allOf(all, reply);
      last = all;
    }
  }

  private Void count(Reply reply, Throwable failure, long startMillis) {
    if (failure != null) {
      (isMixed(failure) ? mixed : failed).increment();
    } else if (!reply.status().isAnswer()) {
      failed.increment();
    } else {
      answered.increment();
      slowestMillis.accumulate(clock.millis() - startMillis);
      newest.set(reply.generation().orElse(null));
    }
    return null;
  }

  /** A reply with IDs of two generations is malformed: out of range. */
  private static boolean isMixed(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof MalformedRecordException malformed
        && malformed.reason() == MalformedRecordException.Reason.OUT_OF_RANGE;
  }

  /** The generation of the latest reply. */
  public Optional<Generation> newestGeneration() {
    return Optional.ofNullable(newest.get());
  }

  /** Requests answered so far. */
  public long answered() {
    return answered.sum();
  }

  /** The longest time from a request to its reply so far. */
  public Duration slowest() {
    return Duration.ofMillis(slowestMillis.get());
  }

  /** The counts so far; a request without a reply yet has not failed. */
  public RequestCount counts() {
    return new RequestCount(sent.sum(), failed.sum(), mixed.sum());
  }

  /** Stops sending, waits for the pending replies, and returns the counts. */
  public RequestCount stop() {
    close();
    last.join();
    return counts();
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
