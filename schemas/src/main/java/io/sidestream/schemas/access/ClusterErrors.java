package io.sidestream.schemas.access;

import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserErrorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.utils.Utils;

/** Tells apart what can go wrong with a cluster, each in a sentence that names it. */
public final class ClusterErrors {
  private static final int CONNECT_MILLIS = 500;

  /** More causes than any exception has; the end of a circle of them. */
  private static final int MAX_CAUSES = 30;

  static final String PRINTED = "which ACLs each role needs: sidestream topics acls";

  private ClusterErrors() {}

  /**
   * The error of a failed request; keeps an interruption.
   *
   * @param kafka client settings
   * @param limit how long the request waited
   */
  public static UserErrorException of(Map<String, ?> kafka, Duration limit, Exception failure) {
    String servers = servers(kafka);
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new UserErrorException(
          failure, "interrupted while waiting for the broker at " + servers);
    }
    Optional<String> refusal = refusal(failure);
    if (refusal.isPresent()) {
      return new UserErrorException(failure, "broker at " + servers + ": " + refusal.get());
    }
    Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
    boolean silent =
        cause instanceof TimeoutException
            || cause instanceof org.apache.kafka.common.errors.TimeoutException;
    return new UserErrorException(
        failure,
        silent
            ? silence(kafka, limit)
            : "the broker at " + servers + " refused: " + ReasonText.of(cause));
  }

  /** The error of client settings that no client can be made with. */
  static UserErrorException ofSettings(Map<String, ?> kafka, Exception failure) {
    Throwable cause =
        causes(failure)
            .filter(one -> !(one instanceof IOException)) // whose message may be a path alone
            .reduce(failure, (outer, inner) -> inner);
    String reason = ReasonText.of(cause);
    return new UserErrorException(
        failure,
        reason.contains("bootstrap")
            ? "bootstrap servers are \"" + servers(kafka) + "\": " + reason
            : "no client can be made with the settings kafka.*: " + reason);
  }

  /** What was refused, when a failed login, handshake or authorization is among the causes. */
  public static Optional<String> refusal(Throwable failure) {
    return causes(failure)
        .filter(
            cause ->
                cause instanceof AuthenticationException || cause instanceof AuthorizationException)
        .findFirst()
        .map(ClusterErrors::refused);
  }

  /** A refusal as such, any other failure by its message. */
  public static String reason(Throwable failure) {
    return refusal(failure).orElseGet(() -> ReasonText.of(failure));
  }

  private static String refused(Throwable cause) {
    if (cause instanceof SslAuthenticationException) {
      return "the TLS handshake failed: %s (settings kafka.ssl.*: the trust store must hold whom the"
              .formatted(ReasonText.of(deepest(cause)))
          + " broker's certificate is signed by, the key store what the broker asks for)";
    }
    if (cause instanceof AuthenticationException) {
      return "the login is refused: %s (settings kafka.sasl.*)".formatted(ReasonText.of(cause));
    }
    return "%s is not authorized; %s".formatted(resource(cause), PRINTED);
  }

  private static String resource(Throwable cause) {
    if (cause instanceof TopicAuthorizationException topics
        && !topics.unauthorizedTopics().isEmpty()) {
      return "access to topic " + String.join(", ", topics.unauthorizedTopics());
    }
    if (cause instanceof GroupAuthorizationException group && group.groupId() != null) {
      return "membership in group " + group.groupId();
    }
    return "the request (" + ReasonText.of(cause) + ")";
  }

  private static String silence(Map<String, ?> kafka, Duration limit) {
    String servers = servers(kafka);
    String sentence = "no broker answers at " + servers + " within " + limit.toSeconds() + " s";
    Object protocol = kafka.get("security.protocol");
    return isOpen(servers.split(",", -1)[0].strip())
        ? sentence
            + ", but a connection is accepted: is kafka.security.protocol, %s, that of the listener?"
                .formatted(protocol == null ? "PLAINTEXT" : protocol)
        : sentence;
  }

  private static boolean isOpen(String server) {
    String host = Utils.getHost(server);
    Integer port = Utils.getPort(server);
    if (host == null || port == null) {
      return false;
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String servers(Map<String, ?> kafka) {
    return String.valueOf(kafka.get("bootstrap.servers"));
  }

  private static Throwable deepest(Throwable failure) {
    return causes(failure).reduce(failure, (outer, inner) -> inner);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(MAX_CAUSES);
  }
}
