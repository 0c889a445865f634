package io.sidestream.trainer.watching;

import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Thread that reads the tests of generations as they come. */
final class TestReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TestReader.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(500);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TestSink> sinks;
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * @param consumer in no group; read from the end, and closed, by this
   * @param onFailure called with the failure that ended the thread
   */
  TestReader(
      KafkaConsumer<byte[], byte[]> consumer,
      Topic topic,
      List<TestSink> sinks,
      Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.sinks = List.copyOf(sinks);
    this.thread = new Thread(this::run, "generation-tests");
    thread.setUncaughtExceptionHandler((failed, why) -> onFailure.accept(why));
    List<TopicPartition> only = List.of(new TopicPartition(topic.name(), 0));
    consumer.assign(only);
    consumer.seekToEnd(only);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try (consumer) {
      while (!stopping) {
        consumer.poll(IDLE_POLL).forEach(this::take);
        sinks.forEach(TestSink::advance);
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> row) {
    try {
      GenerationTest test = Codecs.generationTest().decode(row.value());
      sinks.forEach(sink -> sink.add(test));
    } catch (MalformedRecordException e) {
      LOG.warn("{} offset {} is passed over: {}", row.topic(), row.offset(), ReasonText.of(e));
    }
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(STOP_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
