package io.sidestream.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.admin.ProcessMetrics;
import io.sidestream.schemas.TopicPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {
  private static final ProcessMetrics METRICS = new ProcessMetrics();

  @Test
  void memberSettings_rawSetting_winsOverOurs() {
    KafkaClients clients = new KafkaClients(Map.of("max.poll.records", "7"), METRICS);
    assertEquals("7", clients.groupSettings("group", 50).get("max.poll.records"));
  }

  @Test
  void streams_policyOfTheTopics_isThatOfTheInternalOnes() {
    TopicPolicy policy =
        new TopicPolicy(
            1, Map.of(), 3, 2, Optional.empty(), Duration.ofDays(1), Duration.ofDays(1));
    Properties settings =
        new KafkaClients(Map.of(), METRICS).streams(policy, "id", Path.of("state"), 1, 2);
    assertEquals(3, settings.get("replication.factor"));
    assertEquals(2, settings.get("num.standby.replicas"));
    assertEquals("2", settings.get("topic.min.insync.replicas"));
    assertEquals("read_committed", settings.get("consumer.isolation.level"));
  }

  /** Kafka Streams adds the timeout to the time of day and ends a task behind the sum. */
  @Test
  void streams_taskTimeout_endsYearsFromNow() {
    Properties settings =
        new KafkaClients(Map.of("bootstrap.servers", "127.0.0.1:9092"), METRICS)
            .streams(TopicPolicy.DEFAULT, "id", Path.of("state"), 1, 0);
    long timeout = new StreamsConfig(settings).getLong(StreamsConfig.TASK_TIMEOUT_MS_CONFIG);

    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    assertTrue(
        Math.addExact(now.toEpochMilli(), timeout)
            > now.plus(Duration.ofDays(3_650)).toEpochMilli());
  }

  @Test
  void assignedSettings_brokersThatAreAway_areWaitedForHoweverLong() {
    KafkaClients clients = new KafkaClients(Map.of(), METRICS);
    assertEquals(Integer.MAX_VALUE, clients.assignedSettings().get("default.api.timeout.ms"));
  }

  /** With a timer, prompts would count as answered before their replies are acknowledged. */
  @Test
  void memberSettings_autoCommitAskedFor_staysOff() {
    KafkaClients clients = new KafkaClients(Map.of("enable.auto.commit", "true"), METRICS);
    assertEquals(false, clients.groupSettings("group", 50).get("enable.auto.commit"));
  }

  /** Kafka refuses a delivery timeout below what one request may take. */
  @Test
  void namedTopicSettings_longRequests_mayBeDelivered() {
    assertEquals(
        10_000,
        new KafkaClients(Map.of(), METRICS).namedTopicSettings().get("delivery.timeout.ms"));
    assertEquals(
        60_007,
        new KafkaClients(Map.of("request.timeout.ms", "60000", "linger.ms", "7"), METRICS)
            .namedTopicSettings()
            .get("delivery.timeout.ms"));
  }
}
