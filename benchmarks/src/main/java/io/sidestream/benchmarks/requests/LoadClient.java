package io.sidestream.benchmarks.requests;

import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.RequestHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends requests in steps, and measures when their replies are read. One thread sends. */
final class LoadClient implements AutoCloseable {
  private static final RequestHeaders NAMES = RequestHeaders.DEFAULT;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MAX_REQUESTS = 1 << 20; // of one step
  private static final Set<String> REFUSALS =
      Stream.of(Reply.Status.values())
          .filter(status -> !status.isAnswer())
          .map(Enum::name)
          .collect(Collectors.toUnmodifiableSet());

  private final Workload workload;
  private final Duration limit;
  private final boolean deadlines;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread reader = new Thread(this::read, "load-replies");
  private volatile Burst step = new Burst(0, 0, 0);
  private volatile boolean closed;

  /** The requests of one step: when each was due, and after what time its reply was read. */
  private static final class Burst {
    final int number;
    final long[] due;
    final AtomicLongArray replied; // nanoseconds; negative for a refusal, 0 for none yet
    final Semaphore answered;

    Burst(int number, int requests, int window) {
      this.number = number;
      this.due = new long[requests];
      this.replied = new AtomicLongArray(requests);
      this.answered = new Semaphore(window);
    }

    long outstanding(int sent) {
      long none = 0;
      for (int i = 0; i < sent; i++) {
        none += replied.get(i) == 0 ? 1 : 0;
      }
      return none;
    }

    Replied result(int sent, double seconds, Duration limit) {
      List<Long> replies = new ArrayList<>();
      for (int i = 0; i < sent; i++) {
        replies.add(replied.get(i));
      }
      return new Replied(
          sent,
          replies.stream().mapToLong(Long::longValue).filter(each -> each > 0).toArray(),
          replies.stream().mapToLong(each -> -each).filter(each -> each > 0).toArray(),
          seconds,
          limit.toNanos());
    }
  }

  /**
   * @param limit within which a reply is of use
   * @param deadlines whether requests say so
   */
  LoadClient(String servers, Workload workload, Duration limit, boolean deadlines) {
    this.workload = workload;
    this.limit = limit;
    this.deadlines = deadlines;
    Topics topics = workload.topics();
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "enable.auto.commit", false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> results = new ArrayList<>();
    for (String topic :
        List.of(topics.searchResults().name(), topics.recommendationResults().name())) {
      consumer
          .partitionsFor(topic)
          .forEach(each -> results.add(new TopicPartition(topic, each.partition())));
    }
    consumer.assign(results);
    consumer.seekToEnd(results);
    results.forEach(consumer::position);
    reader.start();
  }

  /** Sends what users did, before any request. */
  void sendInteractions() {
    workload.interactions().forEach(producer::send);
    producer.flush();
  }

  /** Requests at a constant rate, whether or not they are answered. */
  Replied atRate(Workload.Kind kind, double rate, Duration length) {
    int requests = Math.min(MAX_REQUESTS, (int) (rate * length.toNanos() / 1e9));
    Burst now = new Burst(step.number + 1, requests, 0);
    step = now;
    long start = System.nanoTime();
    for (int i = 0; i < requests; i++) {
      now.due[i] = start + (long) (i * 1e9 / rate);
      for (long wait = now.due[i] - System.nanoTime();
          wait > 0;
          wait = now.due[i] - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      send(kind, now, i);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    awaitReplies(now, requests);
    return now.result(requests, Math.max(seconds, length.toNanos() / 1e9), limit);
  }

  /** A number of requests at a time, the next one when one is answered: as fast as answers come. */
  Replied inWindow(Workload.Kind kind, int window, Duration length) throws InterruptedException {
    Burst now = new Burst(step.number + 1, MAX_REQUESTS, window);
    step = now;
    long start = System.nanoTime();
    int sent = 0;
    while (System.nanoTime() - start < length.toNanos() && sent < MAX_REQUESTS) {
      if (now.answered.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        now.due[sent] = System.nanoTime();
        send(kind, now, sent++);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    awaitReplies(now, sent);
    return now.result(sent, seconds, limit);
  }

  private void send(Workload.Kind kind, Burst now, int i) {
    long late = System.nanoTime() - now.due[i];
    Optional<Instant> deadline =
        Optional.of(Instant.now().plus(limit).minusNanos(late)).filter(last -> deadlines);
    ProducerRecord<byte[], byte[]> request = workload.request(kind, now.number, i, deadline);
    byte[] id = ByteBuffer.allocate(8).putInt(now.number).putInt(i).array();
    request.headers().add(NAMES.correlationId(), id);
    producer.send(request);
  }

  /** Until all are answered, or nothing came for as long as a reply is of use. */
  private void awaitReplies(Burst now, int sent) {
    producer.flush();
    long before = now.outstanding(sent);
    long quietSince = System.nanoTime();
    while (before > 0 && System.nanoTime() - quietSince < limit.toNanos()) {
      LockSupport.parkNanos(POLL.toNanos());
      long left = now.outstanding(sent);
      if (left < before) {
        before = left;
        quietSince = System.nanoTime();
      }
    }
  }

  private void read() {
    try (consumer) {
      while (!closed) {
        consumer.poll(POLL).forEach(this::replied);
      }
    }
  }

  private void replied(ConsumerRecord<byte[], byte[]> reply) {
    long now = System.nanoTime();
    Header id = reply.headers().lastHeader(NAMES.correlationId());
    ByteBuffer numbers = ByteBuffer.wrap(id.value());
    Burst current = step;
    if (numbers.getInt() != current.number) {
      return; // of an earlier step
    }
    int i = numbers.getInt();
    long took = Math.max(1, now - current.due[i]);
    Header status = reply.headers().lastHeader(NAMES.status());
    boolean refused =
        status != null && REFUSALS.contains(new String(status.value(), StandardCharsets.UTF_8));
    if (current.replied.compareAndSet(i, 0, refused ? -took : took)) {
      current.answered.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(5));
  }
}
