package io.sidestream.gateway;

import io.micrometer.core.instrument.Gauge;
import io.sidestream.admin.AdminServer;
import io.sidestream.admin.Health;
import io.sidestream.admin.ProcessMetrics;
import io.sidestream.client.Brokers;
import io.sidestream.client.Connection;
import io.sidestream.client.EventSender;
import io.sidestream.client.SidestreamClient;
import io.sidestream.gateway.api.AdminPorts;
import io.sidestream.gateway.api.Api;
import io.sidestream.gateway.api.ApiThreads;
import io.sidestream.gateway.follow.Followed;
import io.sidestream.gateway.http.GatewayServer;
import io.sidestream.gateway.http.HttpMeters;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.access.Acls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway process: wires its parts, starts them, and stops them in order. */
public final class GatewayApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayApplication.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ProcessMetrics metrics = new ProcessMetrics();
  private final Followed followed;
  private final Health health;
  private volatile @Nullable SidestreamClient client;
  private @Nullable GatewayServer http;
  private @Nullable AdminServer admin;

  private GatewayApplication(GatewayConfig config) {
    try {
      this.followed =
          add(
              Followed.start(
                  config.connection().committedReader(),
                  config.connection().topics(),
                  config.maxTitles()));
    } catch (RuntimeException e) {
      metrics.close();
      throw e;
    }
    Map<String, BooleanSupplier> conditions = new LinkedHashMap<>();
    conditions.put("broker", followed::brokerAnswers);
    conditions.put("titles_read", followed::isCaughtUp);
    conditions.put("replies_read", this::areRepliesRead);
    this.health = new Health(conditions);
    followed.failure().thenAccept(why -> failed("reading of topics", why));
  }

  private void failed(String part, RuntimeException why) {
    LOG.error("{} failed, restart the process", part, why);
    health.failed(part + ": " + ReasonText.of(why));
    stopped.countDown();
  }

  private boolean areRepliesRead() {
    SidestreamClient started = client;
    return started != null && started.isRunning();
  }

  /**
   * Starts all parts.
   *
   * @throws IOException when a port cannot be bound
   */
  public static GatewayApplication start(GatewayConfig config) throws IOException {
    Connection connection = config.connection();
    Brokers.require(connection, Acls.gateway(connection.topics()));
    GatewayApplication application = new GatewayApplication(config);
    try {
      application.startParts(config);
      return application;
    } catch (IOException | RuntimeException e) {
      application.close();
      throw e;
    }
  }

  private void startParts(GatewayConfig config) throws IOException {
    ApiThreads threads = add(ApiThreads.start());
    Connection connection = config.connection();
    Clock clock = Clock.systemUTC();
    SidestreamClient requests = add(SidestreamClient.open(connection, config.client(), clock));
    client = requests;
    requests.failure().thenAccept(why -> failed("reading of replies", why));
    EventSender sender = add(EventSender.open(connection, config.client().timeout()));
    Gauge.builder("sidestream.http.open.requests", requests, SidestreamClient::openRequests)
        .description("Requests without a reply yet")
        .register(metrics.registry());
    admin = AdminServer.start(config.admin(), health, metrics::scrape, Map.of());
    http =
        add(
            GatewayServer.start(
                config.host(),
                config.port(),
                config.limits(),
                config.guard(),
                Api.routes(
                    connection,
                    requests,
                    sender,
                    followed,
                    new AdminPorts(config.processes(), config.admin().token()),
                    clock,
                    threads,
                    config.limits().idleTime().multipliedBy(2).dividedBy(3)),
                new HttpMeters(metrics.registry())));
    LOG.info("gateway answers at {}, admin port {}", address(), adminPort());
  }

  private <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /** Where the page is, for example {@code http://127.0.0.1:8490}. */
  public String address() {
    GatewayServer server = http;
    if (server == null) {
      throw new IllegalStateException("the gateway has not started");
    }
    InetSocketAddress at = server.address();
    String host = at.getHostString();
    return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + at.getPort();
  }

  /** The port of health and metrics. */
  public int adminPort() {
    AdminServer server = admin;
    if (server == null) {
      throw new IllegalStateException("the gateway has not started");
    }
    return server.port();
  }

  /** Whether a broker answers, the titles are read, and replies arrive. */
  public boolean isReady() {
    return health.isReady();
  }

  /**
   * Blocks until the application is closed, or a part has failed permanently.
   *
   * @throws IllegalStateException in the latter case
   */
  public void awaitStopped() throws InterruptedException {
    stopped.await();
    health
        .failure()
        .ifPresent(
            failure -> {
              throw new IllegalStateException(failure);
            });
  }

  /**
   * Graceful shutdown: unready, accept nothing more, answer what is open, close the clients; the
   * admin port closes last.
   */
  @Override
  public void close() {
    health.stopping();
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.error("closing {} failed", part.getClass().getSimpleName(), e);
      }
    }
    if (admin != null) {
      admin.close();
    }
    metrics.close();
    stopped.countDown();
  }
}
