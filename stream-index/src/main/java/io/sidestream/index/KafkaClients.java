package io.sidestream.index;

import io.sidestream.admin.ProcessMetrics;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka clients of this process, configured for low reply latency.
 *
 * @param raw settings passed through by the user, {@code bootstrap.servers} among them; they
 *     override ours, except that auto commit is always off
 * @param metrics get those of each client
 */
record KafkaClients(Map<String, Object> raw, ProcessMetrics metrics) {
  /*
   * linger.ms is 100 by default in Streams: 0 reduced the reply latency from 64 to 4 ms. A killed
   * instance is detected after session.timeout.ms, 45 s by default; 6 s tolerates a long GC pause.
   * Brokers that are away are waited for, however long.
   */
  private static final int SESSION_TIMEOUT_MILLIS = 6_000;
  private static final int HEARTBEAT_MILLIS = 2_000;
  private static final int COMMIT_MILLIS = 100;
  private static final int UPDATER_RECORDS = 2_000;
  private static final int MAX_BLOCK_MILLIS = 15_000;
  private static final int NAMED_TOPIC_MILLIS = 10_000;
  private static final int NAMED_TOPIC_MAX_BLOCK_MILLIS = 3_000;
  private static final int ADMIN_MILLIS = 5_000;

  /** Of all threads: beyond it, histories are written before the commit is due. */
  private static final int HISTORIES_CACHE_BYTES = 16 << 20;

  /** Kafka Streams adds it to the time of day: the greatest number would be in the past. */
  static final Duration HOWEVER_LONG = Duration.ofDays(36_500);

  /** What a producer rolled back never happened. */
  private static final String COMMITTED = "read_committed";

  /** A consumer with manual assignment; offsets are stored elsewhere. */
  Consumer<byte[], byte[]> assignedConsumer() {
    return consumer(assignedSettings());
  }

  Map<String, Object> assignedSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, COMMITTED);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, UPDATER_RECORDS);
    return overridden(settings);
  }

  /** A consumer in a group, with manual commits. */
  Consumer<byte[], byte[]> groupConsumer(String group, int batch) {
    return consumer(groupSettings(group, batch));
  }

  /** A consumer in a group, of what comes from now on; it commits nothing. */
  Consumer<byte[], byte[]> followingConsumer(String group) {
    Map<String, Object> settings = groupSettings(group, UPDATER_RECORDS);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    return consumer(settings);
  }

  Map<String, Object> groupSettings(String group, int batch) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, COMMITTED);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
    return overridden(settings);
  }

  private Map<String, Object> overridden(Map<String, Object> settings) {
    settings.putAll(raw);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return settings;
  }

  /** A producer to topics that must exist: it gives a record up after two minutes. */
  Producer<byte[], byte[]> producer() {
    return producer(producerSettings());
  }

  /** A producer to topics that requests name: it soon gives up a record that is not taken. */
  Producer<byte[], byte[]> namedTopicProducer() {
    return producer(namedTopicSettings());
  }

  Map<String, Object> namedTopicSettings() {
    Map<String, Object> settings = producerSettings();
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, NAMED_TOPIC_MAX_BLOCK_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, NAMED_TOPIC_MILLIS);
    settings.putAll(raw);
    int least = // Kafka refuses less
        number(settings, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)
            + number(settings, ProducerConfig.LINGER_MS_CONFIG);
    settings.putIfAbsent(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.max(NAMED_TOPIC_MILLIS, least));
    return settings;
  }

  private static int number(Map<String, Object> settings, String name) {
    return Integer.parseInt(String.valueOf(settings.get(name)));
  }

  private Map<String, Object> producerSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_DERIVED_BYTES);
    settings.putAll(raw);
    return settings;
  }

  /** An admin client that soon says that no broker answers. */
  Admin admin() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_MILLIS);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_MILLIS);
    settings.putAll(raw);
    return Admin.create(settings);
  }

  private Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    metrics.watch(producer);
    return producer;
  }

  /** Settings for the topology. */
  Properties streams(IndexConfig config, Path state) {
    return streams(
        config.topics().policy(),
        config.applicationId(),
        state,
        config.streamThreads(),
        config.standbys());
  }

  /**
   * The same.
   *
   * @param policy of the topics, which those of the topology follow
   * @param standbys further copies of each store
   */
  Properties streams(
      TopicPolicy policy, String applicationId, Path state, int threads, int standbys) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, policy.replicationFactor());
    if (policy.minInsyncReplicas() != TopicPolicy.BROKERS) {
      settings.put(
          StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
          Integer.toString(policy.minInsyncReplicas()));
    }
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, HISTORIES_CACHE_BYTES);
    settings.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, HOWEVER_LONG.toMillis());
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), Integer.MAX_VALUE);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        Topics.MAX_DERIVED_BYTES);
    settings.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(Topics.MAX_DERIVED_BYTES));
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), COMMITTED);
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        SESSION_TIMEOUT_MILLIS);
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        HEARTBEAT_MILLIS);
    settings.putAll(raw);
    return settings;
  }

  private Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    metrics.watch(consumer);
    return consumer;
  }
}
