package io.sidestream.cli.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

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
import org.apache.kafka.common.KafkaException;

/** Reaching a broker, or saying in one sentence that none is there. */
public final class Brokers {
  /** How long a broker may take to answer before it counts as absent. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  private Brokers() {}

  /**
   * A client for administration, of a broker that has answered.
   *
   * @throws UserErrorException when no broker answers there
   */
  public static Admin reach(String bootstrapServers) {
    Admin admin = client(bootstrapServers);
    try {
      admin.describeCluster().nodes().get(PATIENCE.toMillis(), MILLISECONDS);
      return admin;
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      admin.close(Duration.ZERO);
      throw unavailable(bootstrapServers, e);
    }
  }

  /**
   * Checks that a broker answers there and has these topics.
   *
   * @throws UserErrorException when it does not
   */
  public static void requireTopics(String bootstrapServers, Collection<Topic> topics) {
    try (Admin admin = reach(bootstrapServers)) {
      Set<String> present = admin.listTopics().names().get(PATIENCE.toMillis(), MILLISECONDS);
      for (Topic topic : topics) {
        if (!present.contains(topic.name())) {
          throw new UserErrorException(
              "broker at %s has no topic %s: create the topics first (sidestream topics create)",
              bootstrapServers, topic.name());
        }
      }
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw unavailable(bootstrapServers, e);
    }
  }

  /** What to say when a broker did not answer a question; keeps an interruption. */
  public static UserErrorException unavailable(String bootstrapServers, Exception failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new UserErrorException(
          failure, "interrupted while waiting for the broker at " + bootstrapServers);
    }
    Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
    boolean silent =
        cause instanceof TimeoutException
            || cause instanceof org.apache.kafka.common.errors.TimeoutException;
    return new UserErrorException(
        failure,
        silent
            ? "no broker answers at " + bootstrapServers + " within " + PATIENCE.toSeconds() + " s"
            : "the broker at " + bootstrapServers + " refused: " + cause.getMessage());
  }

  private static Admin client(String bootstrapServers) {
    int millis = (int) PATIENCE.toMillis();
    try {
      return Admin.create(
          Map.of(
              AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
              bootstrapServers,
              AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
              millis,
              AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
              millis));
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UserErrorException(
          e, "bootstrap servers are \"" + bootstrapServers + "\": " + cause.getMessage());
    }
  }
}
