package io.sidestream.schemas.access;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.sidestream.schemas.UserErrorException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Reaches a cluster, and asks it before any work begins whether all of it will be allowed. */
public final class ClusterAccess {
  private ClusterAccess() {}

  /**
   * An admin client of a broker that answers.
   *
   * @param kafka client settings, {@code bootstrap.servers} at least
   * @throws UserErrorException when none answers, or it refuses
   */
  public static Admin reach(Map<String, ?> kafka, Duration limit) {
    Admin admin = client(kafka, limit);
    try {
      admin.describeCluster().nodes().get(limit.toMillis(), MILLISECONDS);
      return admin;
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      admin.close(Duration.ZERO);
      throw ClusterErrors.of(kafka, limit, e);
    }
  }

  /**
   * Checks that a broker answers, and that it has and allows what some permissions are about.
   *
   * @throws UserErrorException when it does not; the message names every missing topic, else every
   *     missing permission
   */
  public static void require(Map<String, ?> kafka, Duration limit, List<Acl> acls) {
    try (Admin admin = reach(kafka, limit)) {
      require(admin, kafka, limit, acls);
    }
  }

  private static void require(Admin admin, Map<String, ?> kafka, Duration limit, List<Acl> acls) {
    AccessCheck check = new AccessCheck(admin, acls);
    try {
      check.run();
    } catch (ExecutionException | InterruptedException e) {
      throw ClusterErrors.of(kafka, limit, e);
    }
    String broker = "broker at " + kafka.get("bootstrap.servers");
    if (!check.missingTopics().isEmpty()) {
      throw new UserErrorException(
          "%s has no topic %s: create the topics first (sidestream topics create)",
          broker, String.join(", ", check.missingTopics()));
    }
    if (!check.denied().isEmpty()) {
      throw new UserErrorException(
          "%s does not allow %s; %s",
          broker,
          String.join(", ", check.denied().stream().map(Acl::toString).toList()),
          ClusterErrors.PRINTED);
    }
  }

  private static Admin client(Map<String, ?> kafka, Duration limit) {
    int millis = Math.toIntExact(limit.toMillis());
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    try {
      return Admin.create(settings);
    } catch (KafkaException e) {
      throw ClusterErrors.ofSettings(kafka, e);
    }
  }
}
