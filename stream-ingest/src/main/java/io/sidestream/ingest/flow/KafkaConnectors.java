package io.sidestream.ingest.flow;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Builds the sources and sinks of every job.
 *
 * @param namespace of the groups and transactional ids
 * @param clients settings of every Kafka client, {@code bootstrap.servers} among them
 * @param transactionTimeout longest time between the start of a transaction and its end; the broker
 *     refuses more than its {@code transaction.max.timeout.ms}
 */
public record KafkaConnectors(
    Namespace namespace, Map<String, String> clients, Duration transactionTimeout)
    implements Serializable {
  /** A shorter one could expire while a checkpoint is under way. */
  public static final Duration TRANSACTION_TIMEOUT_MIN = Duration.ofSeconds(10);

  /** Kafka's default {@code transaction.max.timeout.ms}. */
  public static final Duration TRANSACTION_TIMEOUT_MAX = Duration.ofMinutes(15);

  /** Bytes of a batch where each record is sent at once. */
  private static final String SMALL_BATCH = "16384";

  public KafkaConnectors {
    check(
        clients.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG),
        "client settings hold no %s",
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    check(
        transactionTimeout.compareTo(TRANSACTION_TIMEOUT_MIN) >= 0
            && transactionTimeout.compareTo(TRANSACTION_TIMEOUT_MAX) <= 0,
        "transaction timeout is %s, expected %s to %s",
        transactionTimeout,
        TRANSACTION_TIMEOUT_MIN,
        TRANSACTION_TIMEOUT_MAX);
    clients = Map.copyOf(clients);
  }

  /**
   * All records of a topic: from the offsets of the restored checkpoint, else from the first. The
   * group's committed offsets are for monitoring; the job never starts from them.
   *
   * <p>As many subtasks as the job's other operators have, also where partitions are fewer: with
   * fewer, Flink would deal a partition's records out to the subtasks behind in turn, and those of
   * one key would arrive out of order.
   */
  SingleOutputStreamOperator<InboundRecord> read(
      StreamExecutionEnvironment environment, String job, Topic topic) {
    Properties all = new Properties();
    all.putAll(clients);
    KafkaSource<InboundRecord> source =
        KafkaSource.<InboundRecord>builder()
            .setProperties(all)
            .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
            .setGroupId(group(job))
            .setClientIdPrefix(group(job) + "-" + topic.name())
            .setTopics(topic.name())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new InboundRecordReader())
            .build();
    String name = "read-" + topic.name();
    return environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), name, InboundRecord.TYPE)
        .uid(name);
  }

  /**
   * Sink whose records become visible when the checkpoint that holds their cause completes, each
   * once.
   *
   * @param output distinguishes the sinks of one job in the ids of their transactions
   */
  public <T> KafkaSink<T> exactlyOnce(
      String job, String output, SerializableFunction<T, ProducerRecord<byte[], byte[]>> toRecord) {
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(producer())
        .setProperty(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(transactionTimeout.toMillis()))
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(namespace.transactionalIdPrefix(job, output))
        .setRecordSerializer((value, context, timestamp) -> toRecord.apply(value))
        .build();
  }

  /** Sink that produces records at once; after a failure those since the last checkpoint repeat. */
  public <T> KafkaSink<T> atLeastOnce(SerializableFunction<T, OutboundRecord> toRecord) {
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(producer())
        .setProperty(ProducerConfig.LINGER_MS_CONFIG, "0")
        .setProperty(ProducerConfig.BATCH_SIZE_CONFIG, SMALL_BATCH)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer((value, context, timestamp) -> toRecord.apply(value).kafka())
        .build();
  }

  /** A record that was small enough to be consumed must be small enough to be rejected. */
  private Properties producer() {
    Properties all = new Properties();
    all.setProperty(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topics.MAX_DERIVED_BYTES));
    all.putAll(clients);
    return all;
  }

  /** The consumer group of a job: it commits its offsets after each checkpoint. */
  public String group(String job) {
    return namespace.ingestGroup(job);
  }
}
