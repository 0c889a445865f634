package io.sidestream.gateway.http;

import static org.eclipse.jetty.http.UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING;
import static org.eclipse.jetty.http.UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR;
import static org.eclipse.jetty.http.UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS;

import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server of the gateway. */
public final class GatewayServer implements AutoCloseable {
  /*
   * Headers and bodies arrive without a thread: a slow client costs one of the connections, and
   * no thread. A thread is taken for as long as an endpoint needs to send a
   * request on; the reply finds another.
   *
   * An id in a path may hold what is ambiguous where a path leads to files: slashes, percent signs,
   * backslashes. Here a raw path leads to a route, and its last segment is decoded once.
   */
  private static final int MIN_THREADS = 4;
  private static final int THREADS_BESIDE_REQUESTS = 8;
  private static final int HEADER_BYTES = 8 * 1024;

  private final Server server;
  private final ServerConnector connector;

  private GatewayServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts the server.
   *
   * @param port 0 takes a free one
   * @throws IOException when the port cannot be bound
   */
  public static GatewayServer start(
      String host,
      int port,
      HttpLimits limits,
      AccessGuard guard,
      List<Route> routes,
      HttpMeters meters)
      throws IOException {
    QueuedThreadPool threads =
        new QueuedThreadPool(limits.requests() + THREADS_BESIDE_REQUESTS, MIN_THREADS);
    threads.setName("gateway");
    threads.setDaemon(true);
    Server server = new Server(threads);
    server.setStopTimeout(limits.stopTime().toMillis());
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "ids", AMBIGUOUS_PATH_SEPARATOR, AMBIGUOUS_PATH_ENCODING, SUSPICIOUS_PATH_CHARACTERS));
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idleTime().toMillis());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    server.setHandler(
        new GracefulHandler(new GatewayHandler(limits, guard, routes, meters, threads)));
    server.setErrorHandler(new JsonErrorHandler());
    return new GatewayServer(server, connector).started();
  }

  private GatewayServer started() throws IOException {
    try {
      server.start();
      return this;
    } catch (Exception e) {
      close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "gateway port %s:%d cannot be bound: %s"
              .formatted(connector.getHost(), connector.getPort(), ReasonText.of(cause)),
          e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
  }

  /** Accepts nothing more, and waits for the open requests. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server does not stop", e);
    }
  }
}
