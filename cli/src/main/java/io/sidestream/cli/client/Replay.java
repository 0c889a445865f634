package io.sidestream.cli.client;

import static java.util.Objects.requireNonNullElse;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.access.ClusterErrors;
import io.sidestream.schemas.kafka.RejectedReplay;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;

/** Writes rejected records back to their topic, unchanged. */
public final class Replay {
  private final Connection connection;

  public Replay(Connection connection) {
    this.connection = connection;
  }

  /**
   * Replays the records rejected since the last replay; returns their number.
   *
   * @throws UserErrorException when no broker responds, or it rejects a record
   */
  public long of(Topic topic) {
    Topics topics = connection.topics();
    Brokers.require(connection, Acls.replay(topics, topic));
    try (Producer<byte[], byte[]> producer = Brokers.producer(connection)) {
      return RejectedReplay.replay(
          connection.kafka(), topics.namespace().replayGroup(topic), producer, topic);
    } catch (ExecutionException e) {
      throw new UserErrorException(
          e,
          "a record was not written back to "
              + topic.name()
              + ": "
              + ClusterErrors.reason(requireNonNullElse(e.getCause(), e)));
    } catch (InterruptedException e) {
      throw Brokers.unavailable(connection, e);
    }
  }
}
