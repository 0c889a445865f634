package io.sidestream.client;

import io.sidestream.schemas.Topics;
import io.sidestream.schemas.settings.SettingValues;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SharedSettings;
import io.sidestream.schemas.settings.TopicSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A way to a cluster: where it is, how clients prove who they are, and what the topics are called
 * there.
 *
 * @param kafka settings of every Kafka client, {@code bootstrap.servers} among them
 * @param topics of the catalogue that commands are about
 * @param timeout how long a broker's response is waited for
 */
public record Connection(Map<String, Object> kafka, Topics topics, Duration timeout) {
  public Connection {
    kafka = Map.copyOf(kafka);
  }

  /**
   * The connection that the settings give; those of single processes are not looked at.
   *
   * @throws io.sidestream.schemas.settings.SettingsException with every mistake
   */
  public static Connection of(Settings settings) {
    return settings.read(SharedSettings.SCHEMA, Connection::of);
  }

  /**
   * The way to brokers that ask for no login, with the topics under their usual names.
   *
   * @param bootstrapServers for example {@code 127.0.0.1:9092}
   */
  public static Connection to(String bootstrapServers) {
    return of(Settings.of(Map.of("kafka.bootstrap.servers", bootstrapServers)));
  }

  /** The connection that checked settings give. */
  public static Connection of(SettingValues values) {
    return new Connection(
        values.kafka(SharedSettings.KAFKA),
        TopicSettings.topics(values),
        SharedSettings.brokerTimeout(values));
  }

  /** Where the cluster is. */
  public String bootstrapServers() {
    return String.valueOf(kafka.get("bootstrap.servers"));
  }

  /** Client settings: some that a user may change, what is set, and some that stand fixed. */
  public Map<String, Object> clients(Map<String, ?> defaults, Map<String, ?> fixed) {
    Map<String, Object> all = new HashMap<>(defaults);
    all.putAll(kafka);
    all.putAll(fixed);
    return all;
  }

  /** A consumer of committed records that belongs to no group. */
  public Consumer<byte[], byte[]> committedReader() {
    return new KafkaConsumer<>(
        consumer(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Settings of a consumer that belongs to no group. */
  Map<String, Object> consumer(Map<String, ?> fixed) {
    Map<String, Object> all = clients(Map.of(), fixed);
    all.remove("group.id");
    all.put("enable.auto.commit", false);
    return all;
  }
}
