package io.sidestream.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ReplyReaderTest {
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final Topic RESULTS = Topics.DEFAULT.searchResults();

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
  private final CompletableFuture<RuntimeException> ended = new CompletableFuture<>();

  ReplyReaderTest() {
    consumer.updatePartitions(
        RESULTS.name(), List.of(new PartitionInfo(RESULTS.name(), 0, null, null, null)));
    consumer.updateEndOffsets(Map.of(new TopicPartition(RESULTS.name(), 0), 0L));
  }

  @Test
  void read_kafkaFails_endsWithItsException() throws Exception {
    KafkaException failure = new KafkaException("not authorized any more");
    consumer.setPollException(failure);
    ReplyReader reader = start();

    assertSame(failure, ended.get(WAIT.toSeconds(), TimeUnit.SECONDS));
    reader.close();
    assertTrue(consumer.closed());
  }

  @Test
  void client_withoutReplies_failsOpenAndLaterRequestsAtOnce() throws Exception {
    Topics topics = Topics.DEFAULT;
    Topic other = topics.recommendationResults();
    consumer.updatePartitions(
        other.name(), List.of(new PartitionInfo(other.name(), 0, null, null, null)));
    consumer.updateEndOffsets(Map.of(new TopicPartition(other.name(), 0), 0L));
    KafkaException failure = new KafkaException("not authorized any more");
    try (SidestreamClient client =
        new SidestreamClient(
            topics,
            ClientOptions.of(WAIT.multipliedBy(10)),
            Clock.systemUTC(),
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
            consumer)) {
      var open = client.searchLater(request("a dream"));
      assertTrue(client.isRunning());
      consumer.schedulePollTask(
          () -> {
            throw failure;
          });

      for (var failed : List.of(open, client.searchLater(request("a heist")))) {
        ExecutionException error =
            assertThrows(
                ExecutionException.class, () -> failed.get(WAIT.toSeconds(), TimeUnit.SECONDS));
        assertSame(failure, error.getCause());
      }
      assertFalse(client.isRunning());
      var later = client.searchLater(request("too late"));
      assertTrue(later.isCompletedExceptionally());
      assertEquals(0, client.openRequests());
    }
  }

  @Test
  void request_secondAttemptWaitsForSpace_endsInItsTime() throws Exception {
    Topic other = Topics.DEFAULT.recommendationResults();
    consumer.updatePartitions(
        other.name(), List.of(new PartitionInfo(other.name(), 0, null, null, null)));
    consumer.updateEndOffsets(Map.of(new TopicPartition(other.name(), 0), 0L));
    FullAfterOne producer = new FullAfterOne();
    try (SidestreamClient client =
        new SidestreamClient(
            Topics.DEFAULT,
            new ClientOptions(Duration.ofMillis(200), 2, 1),
            Clock.systemUTC(),
            producer,
            consumer)) {
      var open = client.searchLater(request("a dream"));
      try {
        ExecutionException error =
            assertThrows(
                ExecutionException.class, () -> open.get(WAIT.toSeconds(), TimeUnit.SECONDS));
        assertInstanceOf(NoReplyException.class, error.getCause());
      } finally {
        producer.space.countDown();
      }
    }
  }

  /** Takes one record; the next ones wait, as for space in a producer's buffer. */
  private static final class FullAfterOne extends MockProducer<byte[], byte[]> {
    private final CountDownLatch space = new CountDownLatch(1);
    private final AtomicInteger sent = new AtomicInteger();

    private FullAfterOne() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
      if (sent.getAndIncrement() > 0) {
        try {
          space.await();
        } catch (InterruptedException e) {
          throw new InterruptException(e);
        }
      }
      return super.send(record, callback);
    }
  }

  @Test
  void start_fails_closesTheConsumer() {
    consumer.setOffsetsException(new KafkaException("no offsets"));
    List<Topic> missing = List.of(Topics.DEFAULT.recommendationResults());

    assertThrows(
        RuntimeException.class,
        () -> ReplyReader.start(consumer, missing, (id, value) -> {}, ended::complete, WAIT));
    assertTrue(consumer.closed());
  }

  private static SearchRequest request(String query) {
    return new SearchRequest(query, 10, Set.of(), Optional.empty());
  }

  private ReplyReader start() {
    return ReplyReader.start(consumer, List.of(RESULTS), (id, value) -> {}, ended::complete, WAIT);
  }
}
