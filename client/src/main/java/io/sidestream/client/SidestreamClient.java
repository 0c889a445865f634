package io.sidestream.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.access.ClusterErrors;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Client of a running system: sends a request to a topic, and waits for the reply with its
 * correlation id. Thread-safe.
 */
public final class SidestreamClient implements AutoCloseable {
  /*
   * A request changes nothing, so it may be sent again: until its reply is there, it is, with the
   * same id, and the first reply counts. What a broker refuses for good is not sent again. While
   * brokers are away, an attempt waits for space in the producer's buffer once that is full: the
   * ends of requests have a thread of their own, so that they come in time.
   */

  /** A connection that says nothing for longer is given up, as by Kafka's default. */
  private static final int MAX_CONNECTION_MILLIS = 30_000;

  private final Topics topics;
  private final ClientOptions options;
  private final Clock clock;
  private final Semaphore free;
  private final Producer<byte[], byte[]> producer;
  private final ReplyReader reader;
  private final Map<String, OpenRequest> open = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor expiries = timer("request-expiries");
  private final ScheduledThreadPoolExecutor attempts = timer("request-attempts");
  private final CompletableFuture<RuntimeException> failure = new CompletableFuture<>();
  private volatile boolean closed;

  /**
   * @param producer is closed with this
   * @param consumer of replies; is closed with this, or when this fails
   */
  SidestreamClient(
      Topics topics,
      ClientOptions options,
      Clock clock,
      Producer<byte[], byte[]> producer,
      Consumer<byte[], byte[]> consumer) {
    this.topics = topics;
    this.options = options;
    this.clock = clock;
    this.free = new Semaphore(options.maxOpen());
    this.producer = producer;
    this.reader =
        ReplyReader.start(
            consumer,
            List.of(topics.searchResults(), topics.recommendationResults()),
            this::take,
            this::fail,
            options.timeout());
  }

  static Producer<byte[], byte[]> producer(Connection connection, ClientOptions options) {
    return new KafkaProducer<>(
        connection.clients(Map.of(), producer(options)),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** What brokers did not take in a request's time is dropped, or it would fill the buffer. */
  static Map<String, Object> producer(ClientOptions options) {
    int millis = (int) Math.min(options.timeout().toMillis(), Integer.MAX_VALUE);
    return Map.of(
        ProducerConfig.LINGER_MS_CONFIG,
        0,
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        millis,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        Math.min(millis, MAX_CONNECTION_MILLIS),
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        millis);
  }

  private static Consumer<byte[], byte[]> consumer(Connection connection) {
    return new KafkaConsumer<>(
        connection.consumer(Map.of()), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static ScheduledThreadPoolExecutor timer(String name) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /**
   * A client that is ready to send.
   *
   * @param timeout time limit of a reply
   * @throws UserErrorException when no broker responds, or its topics are missing
   */
  public static SidestreamClient open(Connection connection, Duration timeout) {
    return open(connection, ClientOptions.of(timeout), Clock.systemUTC());
  }

  /**
   * A client that is ready to send.
   *
   * @throws UserErrorException when no broker responds, or its topics are missing
   */
  public static SidestreamClient open(Connection connection, ClientOptions options, Clock clock) {
    Brokers.require(connection, Acls.client(connection.topics()));
    Producer<byte[], byte[]> producer = producer(connection, options);
    try {
      return new SidestreamClient(
          connection.topics(), options, clock, producer, consumer(connection));
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /** Whether replies are read: not after a failure to read them, nor after {@link #close}. */
  public boolean isRunning() {
    return !failure.isDone() && !closed;
  }

  /** Completes with the failure after which replies are not read any more. */
  public CompletableFuture<RuntimeException> failure() {
    return failure.copy();
  }

  /** Requests without a reply yet. */
  public int openRequests() {
    return open.size();
  }

  /** The reply to a search. */
  public Reply search(SearchRequest request) {
    return await(searchLater(request));
  }

  /** The reply to a recommendation request. */
  public Reply recommend(RecommendationRequest request) {
    return await(recommendLater(request));
  }

  /** The reply to a request for the k items with most interactions now. */
  public Reply trending(int k) {
    return recommend(RecommendationRequest.trending(k));
  }

  /** The reply to a request for the k best items like one item. */
  public Reply similar(ItemId item, int k) {
    return recommend(RecommendationRequest.like(item, k));
  }

  /**
   * The future reply to a search; fails with {@link TooManyRequestsException}, {@link
   * NoReplyException}, {@link BrokerSilentException}, Kafka's exception for what a broker refuses
   * or for why no replies are read any more, or {@link MalformedRecordException} when the reply is
   * malformed.
   *
   * <p>Sends on the caller's thread, which waits, at most for the time-out, while brokers are away
   * and the producer does not know the topic or its buffer is full.
   */
  public CompletableFuture<Reply> searchLater(SearchRequest request) {
    return send(
        topics.searchRequests(),
        topics.searchResults(),
        Codecs.searchRequest().encode(request.within(clock.instant().plus(options.timeout()))));
  }

  /** The future reply to a recommendation request, as {@link #searchLater}. */
  public CompletableFuture<Reply> recommendLater(RecommendationRequest request) {
    return send(
        topics.recommendationRequests(),
        topics.recommendationResults(),
        Codecs.recommendationRequest()
            .encode(request.within(clock.instant().plus(options.timeout()))));
  }

  private Reply await(CompletableFuture<Reply> reply) {
    try {
      return reply.get();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      String reason = ClusterErrors.reason(cause);
      throw new UserErrorException(
          e, cause instanceof NoReplyException ? reason : "the request failed: " + reason);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserErrorException(e, "interrupted while waiting for a reply");
    }
  }

  private CompletableFuture<Reply> send(Topic requests, Topic results, byte[] request) {
    if (!free.tryAcquire()) {
      return CompletableFuture.failedFuture(new TooManyRequestsException(options.maxOpen()));
    }
    String id = UUID.randomUUID().toString();
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(requests.name(), key, request);
    reader.addressTo(results, key, record.headers());
    OpenRequest waiting = new OpenRequest(record);
    open.put(id, waiting);
    if (failure.isDone()) { // after the put: one of both sees the other
      waiting.reply().completeExceptionally(failure.join());
    }
    Future<?> expiry = schedule(expiries, () -> waiting.expire(options), options.timeout());
    attempt(waiting, options.attempts());
    return waiting
        .reply()
        .whenComplete(
            (done, failure) -> {
              open.remove(id);
              expiry.cancel(false);
              free.release();
            });
  }

  private static Future<?> schedule(
      ScheduledThreadPoolExecutor timer, Runnable work, Duration delay) {
    try {
      return timer.schedule(work, delay.toMillis(), MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the client is closed", e);
    }
  }

  /** Sends the request, and again after a while unless it has its reply. */
  private void attempt(OpenRequest request, int left) {
    if (closed || request.reply().isDone()) {
      return;
    }
    try {
      producer.send(request.record(), (sent, failure) -> note(request, failure));
    } catch (KafkaException e) {
      note(request, e);
    }
    if (left > 1) {
      Future<?> next = schedule(attempts, () -> attempt(request, left - 1), options.interval());
      request.reply().whenComplete((done, failure) -> next.cancel(false));
    }
  }

  private static void note(OpenRequest request, @Nullable Exception failure) {
    if (failure == null) {
      request.acknowledge();
    } else if (failure instanceof RetriableException) {
      request.failed(failure);
    } else {
      request.reply().completeExceptionally(failure);
    }
  }

  private void take(String id, byte[] value) {
    OpenRequest request = open.get(id);
    if (request != null) {
      complete(request.reply(), value);
    }
  }

  /** No reply is read any more. */
  private void fail(RuntimeException cause) {
    failure.complete(cause);
    open.values().forEach(request -> request.reply().completeExceptionally(cause));
  }

  private static void complete(CompletableFuture<Reply> reply, byte[] value) {
    try {
      reply.complete(Codecs.reply().decode(value));
    } catch (MalformedRecordException e) {
      reply.completeExceptionally(e);
    }
  }

  /** Fails the open requests, and closes the connections. */
  @Override
  public void close() {
    closed = true;
    expiries.shutdownNow();
    attempts.shutdownNow();
    open.values().forEach(request -> request.reply().completeExceptionally(closedNow()));
    producer.close(options.timeout());
    reader.close();
  }

  private static IllegalStateException closedNow() {
    return new IllegalStateException("the client was closed before the reply");
  }
}
