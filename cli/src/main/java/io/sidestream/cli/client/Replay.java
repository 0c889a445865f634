package io.sidestream.cli.client;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.kafka.RejectedReplay;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts rejected records back on their topic, as they first came, at a broker. */
public final class Replay {
  private final String bootstrapServers;

  public Replay(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Replays what was rejected from a topic since the last replay; returns how many records.
   *
   * @throws UserErrorException when no broker answers there, or it does not take a record back
   */
  public long of(Topic topic) {
    Brokers.requireTopics(bootstrapServers, List.of(topic, Topics.DEFAULT.rejectedOf(topic)));
    try (Producer<byte[], byte[]> producer = producer()) {
      return RejectedReplay.replay(
          Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), producer, topic);
    } catch (ExecutionException e) {
      throw new UserErrorException(
          e, "a record did not go back to " + topic.name() + ": " + e.getCause().getMessage());
    } catch (InterruptedException e) {
      throw Brokers.unavailable(bootstrapServers, e);
    }
  }

  private Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
