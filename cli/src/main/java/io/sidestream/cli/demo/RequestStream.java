package io.sidestream.cli.demo;

import io.sidestream.cli.client.SidestreamClient;
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

/** Asks questions at a steady rate from a thread of its own, and counts how they went. */
final class RequestStream implements AutoCloseable {
  private final SidestreamClient asking;
  private final List<Question> questions;
  private final RateLimiter pacing;
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder mixed = new LongAdder();
  private final AtomicReference<Generation> newest = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "requests");
  private volatile CompletableFuture<?> last = CompletableFuture.completedFuture(null);
  private volatile boolean stopped;

  private RequestStream(SidestreamClient asking, List<Question> questions, RateLimiter pacing) {
    this.asking = asking;
    this.questions = questions;
    this.pacing = pacing;
  }

  static RequestStream start(
      SidestreamClient asking, List<Question> questions, int rate, Clock clock) {
    RequestStream stream = new RequestStream(asking, questions, RateLimiter.perSecond(rate, clock));
    stream.thread.setDaemon(true);
    stream.thread.start();
    return stream;
  }

  private void run() {
    CompletableFuture<?> all = CompletableFuture.completedFuture(null);
    for (int i = 0; !stopped; i++) {
      pacing.awaitNext();
      sent.increment();
      CompletableFuture<?> reply =
          questions.get(i % questions.size()).ask(asking).handle(this::judge);
      all = CompletableFuture.allOf(all, reply);
      last = all;
    }
  }

  private Void judge(Reply reply, Throwable failure) {
    if (failure != null) {
      (isMixed(failure) ? mixed : failed).increment();
    } else if (reply.status() == Reply.Status.NOT_READY || reply.status() == Reply.Status.INVALID) {
      failed.increment();
    } else {
      newest.set(reply.generation().orElse(null));
    }
    return null;
  }

  /** A reply refuses to hold IDs of two generations, so reading one fails as out of range. */
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

  /** Stops asking, waits for the replies still due, and gives the count. */
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
