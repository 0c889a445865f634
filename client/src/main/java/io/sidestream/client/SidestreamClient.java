package io.sidestream.client;

import static java.util.Objects.requireNonNull;

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
import io.sidestream.schemas.kafka.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Client of a running system: sends a request to a topic, and waits for the reply with its
 * correlation id. Thread-safe.
 */
public final class SidestreamClient implements AutoCloseable {
  /*
   * Replies arrive in one partition that this client draws at random and names in its requests. It
   * reads from the end offset of that partition before the first request, so that no reply is
   * missed and no earlier one is read. Replies to other clients in the same partition are ignored:
   * their ids are unknown.
   */
  private static final RequestHeaders HEADERS = RequestHeaders.DEFAULT;
  private static final Duration POLL = Duration.ofMillis(200);

  private final Topics topics;
  private final Duration timeout;
  private final Producer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<Topic, Integer> partitions = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();
  private final Thread reader = new Thread(this::read, "replies");
  private volatile boolean closed;

  private SidestreamClient(Connection connection, Duration timeout) {
    this.topics = connection.topics();
    this.timeout = timeout;
    this.producer =
        new KafkaProducer<>(
            connection.clients(
                Map.of(ProducerConfig.LINGER_MS_CONFIG, 0),
                Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout.toMillis())),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(
            connection.consumer(Map.of()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * A client that is ready to send.
   *
   * @param timeout time limit of a reply
   * @throws UserErrorException when no broker responds, or its topics are missing
   */
  public static SidestreamClient open(Connection connection, Duration timeout) {
    Topics topics = connection.topics();
    List<Topic> results = List.of(topics.searchResults(), topics.recommendationResults());
    Brokers.require(connection, Acls.client(topics));
    SidestreamClient client = new SidestreamClient(connection, timeout);
    client.listen(results);
    return client;
  }

  /** The reply to a search. */
  public Reply search(SearchRequest request) {
    return await(searchLater(request));
  }

  /** The reply to a recommendation request. */
  public Reply recommend(RecommendationRequest request) {
    return await(recommendLater(request));
  }

  /**
   * The future reply to a search; fails with a {@link MalformedRecordException} when the reply is
   * malformed.
   */
  public CompletableFuture<Reply> searchLater(SearchRequest request) {
    return send(
        topics.searchRequests(), topics.searchResults(), Codecs.searchRequest().encode(request));
  }

  /** The future reply to a recommendation request, as {@link #searchLater}. */
  public CompletableFuture<Reply> recommendLater(RecommendationRequest request) {
    return send(
        topics.recommendationRequests(),
        topics.recommendationResults(),
        Codecs.recommendationRequest().encode(request));
  }

  private Reply await(CompletableFuture<Reply> reply) {
    try {
      return reply.get();
    } catch (ExecutionException e) {
      String why =
          e.getCause() instanceof TimeoutException
              ? "no reply within %d s: is an index running at this broker?"
                  .formatted(timeout.toSeconds())
              : "the request failed: "
                  + ClusterErrors.reason(java.util.Objects.requireNonNullElse(e.getCause(), e));
      throw new UserErrorException(e, why);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserErrorException(e, "interrupted while waiting for a reply");
    }
  }

  private CompletableFuture<Reply> send(Topic requests, Topic results, byte[] request) {
    String id = UUID.randomUUID().toString();
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(requests.name(), key, request);
    addressTo(results, key, record.headers());
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    reply.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    waiting.put(id, reply);
    producer.send(
        record,
        (sent, failure) -> {
          if (failure != null) {
            reply.completeExceptionally(failure);
          }
        });
    return reply.whenComplete((done, failure) -> waiting.remove(id));
  }

  private void addressTo(Topic results, byte[] id, Headers headers) {
    headers.add(HEADERS.correlationId(), id);
    headers.add(HEADERS.replyTopic(), results.name().getBytes(StandardCharsets.UTF_8));
    headers.add(
        HEADERS.replyPartition(),
        RequestHeaders.partitionBytes(requireNonNull(partitions.get(results))));
  }

  private void listen(List<Topic> results) {
    for (Topic topic : results) {
      int count = consumer.partitionsFor(topic.name()).size();
      partitions.put(topic, ThreadLocalRandom.current().nextInt(count));
    }
    List<TopicPartition> own =
        results.stream()
            .map(topic -> new TopicPartition(topic.name(), requireNonNull(partitions.get(topic))))
            .toList();
    consumer.assign(own);
    consumer.seekToEnd(own);
    own.forEach(consumer::position); // resolves the end now, not at the first poll
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (consumer) {
      while (!closed) {
        consumer.poll(POLL).forEach(this::take);
      }
    } catch (WakeupException e) {
      // Closed while polling.
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    HEADERS
        .correlationIdOf(record.headers())
        .map(id -> waiting.get(new String(id, StandardCharsets.UTF_8)))
        .ifPresent(reply -> complete(reply, record.value()));
  }

  private static void complete(CompletableFuture<Reply> reply, byte[] value) {
    try {
      reply.complete(Codecs.reply().decode(value));
    } catch (MalformedRecordException e) {
      reply.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    producer.close(timeout);
    try {
      reader.join(timeout.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
