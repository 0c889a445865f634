package io.sidestream.index.simulation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.replies.BrokerTime;
import io.sidestream.index.replies.Replies;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.index.replies.TopicProbe;
import io.sidestream.index.requests.Encounters;
import io.sidestream.index.requests.HistoryRule;
import io.sidestream.index.requests.PromptTopology;
import io.sidestream.index.requests.Refusals;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.apache.kafka.streams.test.TestRecord;

/** Kafka Streams' part of the index, under its test driver. */
final class SimulatedStreams implements AutoCloseable {
  private static final Topics TOPICS = Topics.DEFAULT;

  /** Most items of a history. */
  static final int HISTORY = 3;

  private final TopologyTestDriver driver;
  private final TestOutputTopic<byte[], byte[]> prompts;
  private final List<TestOutputTopic<byte[], byte[]>> replies;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Refusals refusals = Refusals.NONE;

  SimulatedStreams(Path state, Clock clock, LongSupplier nanoTime) {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    Properties settings = new Properties();
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    // The driver commits after each record: on disk that is most of the time of a history.
    settings.put(
        StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG,
        BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers.class.getName());
    this.driver =
        new TopologyTestDriver(
            PromptTopology.build(
                TOPICS,
                new ReplySender(
                    producer,
                    producer,
                    new Replies(RequestHeaders.DEFAULT, TOPICS, Set.of()),
                    topic -> TopicProbe.Answer.UNKNOWN,
                    new BrokerTime(clock, nanoTime),
                    registry),
                new HistoryRule(
                    new WindowLimits(HISTORY, Duration.ofDays(1)),
                    KindWeights.parse(List.of("dislike=-1", "impression=0")),
                    0,
                    0),
                Set.of(),
                false,
                (task, key, requested, deadline) ->
                    refusals.refusal(task, key, requested, deadline),
                registry,
                Tracing.OFF,
                Encounters.NONE),
            settings);
    this.prompts = output(TOPICS.prompts());
    this.replies = List.of(output(TOPICS.searchResults()), output(TOPICS.recommendationResults()));
  }

  private TestOutputTopic<byte[], byte[]> output(Topic topic) {
    return driver.createOutputTopic(
        topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The process that is asked before a request becomes a prompt; until it is killed. */
  void askFirst(Refusals now) {
    refusals = now;
  }

  /** Requests that were refused before they became prompts, in all. */
  long refused() {
    long refused = 0;
    for (Task task : Task.values()) {
      refused +=
          (long)
              registry
                  .counter("sidestream.requests", "task", task.label(), "outcome", "refused")
                  .count();
    }
    return refused;
  }

  /** A record comes, and is worked on at once. */
  void pipe(Topic topic, TestRecord<byte[], byte[]> record) {
    TestInputTopic<byte[], byte[]> input =
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
    input.pipeInput(record);
  }

  /** The prompts since the last call. */
  List<TestRecord<byte[], byte[]>> prompts() {
    return prompts.readRecordsToList();
  }

  /** The replies to requests that became no prompts, since the last call. */
  List<TestRecord<byte[], byte[]>> replies() {
    return replies.stream()
        .flatMap(topic -> topic.isEmpty() ? Stream.of() : topic.readRecordsToList().stream())
        .toList();
  }

  @Override
  public void close() {
    driver.close();
  }
}
