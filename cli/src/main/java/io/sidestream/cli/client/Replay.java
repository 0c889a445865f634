package io.sidestream.cli.client;

import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.kafka.RejectedReplay;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Writes rejected records back to their topic, unchanged. */
public final class Replay {
  private final String bootstrapServers;

  public Replay(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Replays the records rejected since the last replay; returns their number.
   *
   * @throws UserErrorException when no broker responds, or it rejects a record
   */
  public long of(Topic topic) {
    Brokers.requireTopics(bootstrapServers, List.of(topic, Topics.DEFAULT.rejectedOf(topic)));
    try (Producer<byte[], byte[]> producer = Brokers.producer(bootstrapServers)) {
      return RejectedReplay.replay(
          Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), producer, topic);
    } catch (ExecutionException e) {
      throw new UserErrorException(
          e,
          "a record was not written back to " + topic.name() + ": " + ReasonText.of(e.getCause()));
    } catch (InterruptedException e) {
      throw Brokers.unavailable(bootstrapServers, e);
    }
  }
}
