package io.sidestream.index.replies;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Reply;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends replies with the key of their request: to the topic that the request names, or to the
 * result topic of its task where that cannot be written. Thread-safe.
 *
 * <p>What is sent is complete when brokers have acknowledged it; brokers that are away are waited
 * for. It fails with an {@link IllegalStateException} when they never will.
 */
public final class ReplySender implements AutoCloseable {
  /*
   * Named topics belong to clients, who may delete them while replies are on their way: a producer
   * holds such records until its delivery timeout, so that named topics have a producer of their
   * own with a short one. What then was not acknowledged is sent again while no broker answers,
   * and redirected when the brokers say that the topic cannot be written, or answer and do not
   * take it. Such a topic is not tried again until a probe finds it writable. A sender
   * does not wait for brokers, but where the metadata of a topic is not known yet or the buffer is
   * full: then at most max.block.ms, some seconds. Threads of this class send again what was not
   * acknowledged.
   */
  private static final Logger LOG = LoggerFactory.getLogger(ReplySender.class);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  /** How often a reply is sent to a named topic that brokers have and do not acknowledge. */
  static final int MAX_ATTEMPTS = 3;

  /** Records that are sent again at once, while others wait for that. */
  private static final int REPEATS_AT_ONCE = 4;

  private final Producer<byte[], byte[]> results;
  private final Producer<byte[], byte[]> named;
  private final Replies replies;
  private final TopicProbe probe;
  private final UnwritableTopics unwritable;
  private final Counter notAllowed;
  private final Counter notWritable;
  private final BrokerTime brokerTime;
  private final ExecutorService repeats =
      Executors.newFixedThreadPool(
          REPEATS_AT_ONCE,
          work -> {
            Thread thread = new Thread(work, "reply-repeats");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean closed;

  /**
   * @param results of the result topics and all others that must exist; closed with this
   * @param named of the topics that requests name, with a short delivery timeout; closed likewise
   * @param brokerTime learns from the acknowledgements of the result topics
   */
  public ReplySender(
      Producer<byte[], byte[]> results,
      Producer<byte[], byte[]> named,
      Replies replies,
      TopicProbe probe,
      BrokerTime brokerTime,
      MeterRegistry registry) {
    this.brokerTime = brokerTime;
    this.results = results;
    this.named = named;
    this.replies = replies;
    this.probe = probe;
    this.unwritable = new UnwritableTopics(probe);
    this.notAllowed = registry.counter("sidestream.replies.redirected", "reason", "not_allowed");
    this.notWritable = registry.counter("sidestream.replies.redirected", "reason", "not_writable");
  }

  /** Finds out which topics cannot be written, before a request names one of them. */
  public void probe(Collection<String> topics) {
    topics.forEach(unwritable::probe);
  }

  /** A request's headers, with the format that its reply has. */
  public Headers marked(Headers request, byte @Nullable [] value) {
    return replies.marked(request, value);
  }

  /** Addresses a reply by the headers of its request. */
  public OutgoingReply address(Task task, Headers request, Reply reply) {
    if (replies.namesForbiddenTopic(request)) {
      notAllowed.increment();
    }
    return replies.to(task, request, reply);
  }

  /** Whether the reply to a request goes to a topic that it names, not to its task's. */
  public boolean namesTopic(Task task, Headers request) {
    return replies.namesTopic(task, request);
  }

  /** The brokers' clock. */
  public BrokerTime brokerTime() {
    return brokerTime;
  }

  public CompletableFuture<Void> send(byte @Nullable [] key, OutgoingReply reply) {
    if (!reply.namesTopic()) {
      return sendToResults(key, reply);
    }
    if (unwritable.contains(reply.topic())) {
      return redirect(key, reply);
    }
    return delivered(begin(named, record(named, key, reply)), sent -> await(key, reply, sent));
  }

  /** Sends a record to a topic that must exist. */
  public CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<RecordMetadata> first = begin(results, record);
    first.thenAccept(
        appended -> {
          if (appended.hasTimestamp()) {
            brokerTime.appended(appended.timestamp());
          }
        });
    return delivered(first, sent -> await(record, sent));
  }

  /** What happens to a record that the brokers may not have acknowledged. */
  @FunctionalInterface
  private interface Repeat {
    /** Returns when it is delivered. */
    void untilDelivered(Future<RecordMetadata> first) throws InterruptedException;
  }

  private CompletableFuture<Void> delivered(
      CompletableFuture<RecordMetadata> first, Repeat repeat) {
    CompletableFuture<Void> delivered = new CompletableFuture<>();
    first.whenComplete(
        (appended, failure) -> {
          if (failure == null) {
            delivered.complete(null);
          } else {
            repeat(first, repeat, delivered);
          }
        });
    return delivered;
  }

  private void repeat(
      Future<RecordMetadata> first, Repeat repeat, CompletableFuture<Void> delivered) {
    try {
      repeats.execute(
          () -> {
            try {
              repeat.untilDelivered(first);
              delivered.complete(null);
            } catch (RuntimeException e) {
              delivered.completeExceptionally(e);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              delivered.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      delivered.completeExceptionally(
          new IllegalStateException("stopped before a record was acknowledged", e));
    }
  }

  private void await(byte @Nullable [] key, OutgoingReply reply, Future<RecordMetadata> first)
      throws InterruptedException {
    Future<RecordMetadata> sent = first;
    for (int attempt = 1; ; ) {
      Optional<KafkaException> failure = failure(sent);
      if (failure.isEmpty()) {
        return;
      }
      TopicProbe.Answer answer = answer(reply.topic(), failure.get());
      if (answer == TopicProbe.Answer.WRITABLE) {
        attempt++;
      }
      if (answer == TopicProbe.Answer.NOT_WRITABLE || attempt > MAX_ATTEMPTS) {
        unwritable.add(reply.topic(), ReasonText.of(failure.get()));
        redirectAndAwait(key, reply);
        return;
      }
      if (!(failure.get() instanceof RetriableException)) { // of this reply alone: too large
        LOG.warn("a reply cannot be written to {}", reply.topic(), failure.get());
        redirectAndAwait(key, reply);
        return;
      }
      requireOpen(failure.get());
      sent = begin(named, record(named, key, reply));
    }
  }

  private void await(ProducerRecord<byte[], byte[]> record, Future<RecordMetadata> first)
      throws InterruptedException {
    Future<RecordMetadata> sent = first;
    Optional<KafkaException> failure = failure(sent);
    while (failure.isPresent()) {
      if (!(failure.get() instanceof RetriableException)
          || answer(record.topic(), failure.get()) == TopicProbe.Answer.NOT_WRITABLE) {
        throw new IllegalStateException(
            "topic %s cannot be written".formatted(record.topic()), failure.get());
      }
      requireOpen(failure.get());
      sent = begin(results, record);
      failure = failure(sent);
    }
  }

  private TopicProbe.Answer answer(String topic, KafkaException failure)
      throws InterruptedException {
    return failure instanceof AuthorizationException
        ? TopicProbe.Answer.NOT_WRITABLE
        : probe.ask(topic);
  }

  private CompletableFuture<Void> redirect(byte @Nullable [] key, OutgoingReply reply) {
    notWritable.increment();
    return sendToResults(key, reply.redirected());
  }

  /** The same on a thread that waits: another one may not be free. */
  private void redirectAndAwait(byte @Nullable [] key, OutgoingReply reply)
      throws InterruptedException {
    notWritable.increment();
    ProducerRecord<byte[], byte[]> record = record(results, key, reply.redirected());
    await(record, begin(results, record));
  }

  private CompletableFuture<Void> sendToResults(byte @Nullable [] key, OutgoingReply reply) {
    return send(record(results, key, reply));
  }

  private static CompletableFuture<RecordMetadata> begin(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
    producer.send(
        record,
        (appended, failure) -> {
          if (failure == null) {
            sent.complete(appended);
          } else {
            sent.completeExceptionally(failure);
          }
        });
    return sent;
  }

  private static ProducerRecord<byte[], byte[]> record(
      Producer<byte[], byte[]> producer, byte @Nullable [] key, OutgoingReply reply) {
    return new ProducerRecord<>(
        reply.topic(), partition(producer, reply), key, reply.value(), reply.headers());
  }

  /** Null leaves it to the key; the producer would block on a partition that does not exist. */
  private static @Nullable Integer partition(
      Producer<byte[], byte[]> producer, OutgoingReply reply) {
    if (reply.partition().isEmpty()) {
      return null;
    }
    try {
      return reply.partitionOf(producer.partitionsFor(reply.topic()).size()).orElse(null);
    } catch (KafkaException e) { // as the record will say, too
      return null;
    }
  }

  private static Optional<KafkaException> failure(Future<RecordMetadata> sent)
      throws InterruptedException {
    try {
      sent.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException failure) {
        return Optional.of(failure);
      }
      throw new IllegalStateException("a record was not sent", e.getCause());
    }
  }

  private void requireOpen(KafkaException failure) {
    if (closed) {
      throw new IllegalStateException("stopped before a record was acknowledged", failure);
    }
  }

  /** Waits for what was sent; nothing is sent again from now on. */
  @Override
  public void close() {
    closed = true;
    unwritable.close();
    named.close(STOP_LIMIT);
    results.close(STOP_LIMIT);
    repeats.shutdown();
  }
}
