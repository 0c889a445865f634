package io.sidestream.cli.client;

import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserErrorException;
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
import org.apache.kafka.clients.consumer.ConsumerConfig;
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
 * Asks a running system through its topics: sends a request, and waits for the reply that carries
 * its correlation id. Thread-safe.
 */
public final class SidestreamClient implements AutoCloseable {
  /*
   * Replies come to one partition that this client names, drawn at random. It reads from that partition's end, found out
   * before the first request is sent, so that no reply can be missed and none of other people's past is read. Others may
   * be answered there too: what carries an unknown id is passed over.
   */
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final RequestHeaders HEADERS = RequestHeaders.DEFAULT;
  private static final Duration POLL = Duration.ofMillis(200);

  private final Duration patience;
  private final Producer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<Topic, Integer> partitions = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();
  private final Thread reader = new Thread(this::read, "replies");
  private volatile boolean closed;

  private SidestreamClient(String bootstrapServers, Duration patience) {
    this.patience = patience;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                patience.toMillis()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * A client that is ready to ask.
   *
   * @param patience how long a reply may take
   * @throws UserErrorException when no broker answers there, or it lacks the topics
   */
  public static SidestreamClient open(String bootstrapServers, Duration patience) {
    Brokers.requireTopics(
        bootstrapServers, List.of(TOPICS.searchResults(), TOPICS.recommendationResults()));
    SidestreamClient asking = new SidestreamClient(bootstrapServers, patience);
    asking.listen(List.of(TOPICS.searchResults(), TOPICS.recommendationResults()));
    return asking;
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
   * The reply to a search, when it comes; fails with a {@link MalformedRecordException} when what
   * comes is no reply.
   */
  public CompletableFuture<Reply> searchLater(SearchRequest request) {
    return send(
        TOPICS.searchRequests(), TOPICS.searchResults(), Codecs.searchRequest().encode(request));
  }

  /** The reply to a recommendation request, as {@link #searchLater}. */
  public CompletableFuture<Reply> recommendLater(RecommendationRequest request) {
    return send(
        TOPICS.recommendationRequests(),
        TOPICS.recommendationResults(),
        Codecs.recommendationRequest().encode(request));
  }

  private Reply await(CompletableFuture<Reply> reply) {
    try {
      return reply.get();
    } catch (ExecutionException e) {
      String why =
          e.getCause() instanceof TimeoutException
              ? "no reply came within %d s: is an index running at this broker?"
                  .formatted(patience.toSeconds())
              : "the request failed: " + e.getCause().getMessage();
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
    reply.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
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
    headers.add(HEADERS.replyPartition(), RequestHeaders.partitionBytes(partitions.get(results)));
  }

  private void listen(List<Topic> results) {
    for (Topic topic : results) {
      int count = consumer.partitionsFor(topic.name()).size();
      partitions.put(topic, ThreadLocalRandom.current().nextInt(count));
    }
    List<TopicPartition> own =
        results.stream()
            .map(topic -> new TopicPartition(topic.name(), partitions.get(topic)))
            .toList();
    consumer.assign(own);
    consumer.seekToEnd(own);
    own.forEach(consumer::position); // the end is found out now, not at the first poll
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
    producer.close(patience);
    try {
      reader.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
