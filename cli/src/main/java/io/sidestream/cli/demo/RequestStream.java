package io.sidestream.cli.demo;

import io.sidestream.cli.produce.RateLimiter;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Sends requests at a constant rate from its own thread, and counts their outcomes. */
final class RequestStream implements AutoCloseable {
  private final List<Supplier<CompletableFuture<Reply>>> requests;
  private final RateLimiter limiter;
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder mixed = new LongAdder();
  private final AtomicReference<Generation> newest = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "requests");
  private volatile CompletableFuture<?> last = CompletableFuture.completedFuture(null);
  private volatile boolean stopped;

  private RequestStream(List<Supplier<CompletableFuture<Reply>>> requests, RateLimiter limiter) {
    this.requests = requests;
    this.limiter = limiter;
  }

  static RequestStream start(
      List<Supplier<CompletableFuture<Reply>>> requests, int rate, Clock clock) {
    RequestStream stream = new RequestStream(requests, RateLimiter.perSecond(rate, clock));
    stream.thread.setDaemon(true);
    stream.thread.start();
    return stream;
  }

  private void run() {
    CompletableFuture<?> all = CompletableFuture.completedFuture(null);
    for (int i = 0; !stopped; i++) {
      limiter.awaitNext();
      sent.increment();
      CompletableFuture<?> reply = requests.get(i % requests.size()).get().handle(this::count);
      all = CompletableFuture.allOf(all, reply);
      last = all;
    }
  }

  private Void count(Reply reply, Throwable failure) {
    if (failure != null) {
      (isMixed(failure) ? mixed : failed).increment();
    } else if (reply.status() == Reply.Status.NOT_READY || reply.status() == Reply.Status.INVALID) {
      failed.increment();
    } else {
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
  Optional<Generation> newestGeneration() {
    return Optional.ofNullable(newest.get());
  }

  long sent() {
    return sent.sum();
  }

  /** Stops sending, waits for the pending replies, and returns the counts. */
  SwapCount stop() {
    close();
    last.join();
    return new SwapCount(sent.sum(), failed.sum(), mixed.sum());
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
