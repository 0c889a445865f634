package io.sidestream.cli.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.UserErrorException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Connections to a broker, with errors in one sentence. */
public final class Brokers {
  /** Time limit of a broker's response. */
  public static final Duration TIMEOUT = Duration.ofSeconds(5);

  private Brokers() {}

  /**
   * An admin client of a broker that responds.
   *
   * @throws UserErrorException when no broker responds
   */
  public static Admin reach(Connection connection) {
    Admin admin = client(connection);
    try {
      admin.describeCluster().nodes().get(TIMEOUT.toMillis(), MILLISECONDS);
      return admin;
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      admin.close(Duration.ZERO);
      throw unavailable(connection, e);
    }
  }

  /**
   * Checks that a broker responds and has these topics.
   *
   * @throws UserErrorException when it does not
   */
  public static void requireTopics(Connection connection, Collection<Topic> topics) {
    try (Admin admin = reach(connection)) {
      Set<String> present = admin.listTopics().names().get(TIMEOUT.toMillis(), MILLISECONDS);
      for (Topic topic : topics) {
        if (!present.contains(topic.name())) {
          throw new UserErrorException(
              "broker at %s has no topic %s: create the topics first (sidestream topics create)",
              connection.bootstrapServers(), topic.name());
        }
      }
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw unavailable(connection, e);
    }
  }

  /** The error of a failed request to a broker; keeps an interruption. */
  public static UserErrorException unavailable(Connection connection, Exception failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new UserErrorException(
          failure, "interrupted while waiting for the broker at " + connection.bootstrapServers());
    }
    Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
    boolean silent =
        cause instanceof TimeoutException
            || cause instanceof org.apache.kafka.common.errors.TimeoutException;
    return new UserErrorException(
        failure,
        silent
            ? "no broker answers at "
                + connection.bootstrapServers()
                + " within "
                + TIMEOUT.toSeconds()
                + " s"
            : "the broker at "
                + connection.bootstrapServers()
                + " refused: "
                + ReasonText.of(cause));
  }

  /** A producer whose records are acknowledged by all replicas. */
  static Producer<byte[], byte[]> producer(Connection connection) {
    return new KafkaProducer<>(
        connection.clients(Map.of(), Map.of(ProducerConfig.ACKS_CONFIG, "all")),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static Admin client(Connection connection) {
    int millis = (int) TIMEOUT.toMillis();
    try {
      return Admin.create(
          connection.clients(
              Map.of(),
              Map.of(
                  AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  millis,
                  AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                  millis)));
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UserErrorException(
          e,
          "bootstrap servers are \""
              + connection.bootstrapServers()
              + "\": "
              + ReasonText.of(cause));
    }
  }
}
