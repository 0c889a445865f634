package io.sidestream.client;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
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
  void start_fails_closesTheConsumer() {
    consumer.setOffsetsException(new KafkaException("no offsets"));
    List<Topic> missing = List.of(Topics.DEFAULT.recommendationResults());

    assertThrows(
        RuntimeException.class,
        () -> ReplyReader.start(consumer, missing, (id, value) -> {}, ended::complete, WAIT));
    assertTrue(consumer.closed());
  }

  private ReplyReader start() {
    return ReplyReader.start(consumer, List.of(RESULTS), (id, value) -> {}, ended::complete, WAIT);
  }
}
