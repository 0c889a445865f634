package io.sidestream.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin port: health, metrics, and pages of the process. Read-only. Where a token is set, a
 * request without it learns the status of the health alone.
 */
public final class AdminServer implements AutoCloseable {
  /*
   * A thread reads a request until its end, so requests that never end take all threads. The JDK's
   * server ends them only by properties that it reads once per JVM: a request and a
   * response have REQUEST_SECONDS each. Until then up to THREADS - 1 stuck ones leave a thread
   * free, and with more of them the others wait, REQUEST_SECONDS and a little at most.
   */
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Requests that are read and answered at once. */
  static final int THREADS = 8;

  /** Longest time for a request to arrive, and for a response to leave. */
  static final int REQUEST_SECONDS = 5;

  static {
    setIfAbsent("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
    setIfAbsent("sun.net.httpserver.maxRspTime", REQUEST_SECONDS);
  }

  private final HttpServer server;
  private final Optional<BearerToken> token;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, AdminServer::thread);

  private AdminServer(HttpServer server, Optional<BearerToken> token) {
    this.server = server;
    this.token = token;
  }

  /**
   * Starts the server.
   *
   * @param metrics Prometheus text format
   * @param pages of this process, by path; one that ends with a slash gets what follows it
   * @throws IOException when the port cannot be bound
   */
  public static AdminServer start(
      AdminConfig config,
      Health health,
      Supplier<String> metrics,
      Map<String, Function<String, Page>> pages)
      throws IOException {
    HttpServer http;
    try {
      http =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByName(config.host()), config.port()), 0);
    } catch (BindException e) {
      throw new IOException(
          "admin port "
              + config.host()
              + ":"
              + config.port()
              + " cannot be bound: "
              + ReasonText.of(e),
          e);
    }
    AdminServer admin = new AdminServer(http, config.token());
    admin.page("/", path -> Page.error(404, "no such page"));
    admin.health("/health/live", health::live);
    admin.health("/health/ready", health::ready);
    admin.health("/health/started", health::started);
    admin.page("/metrics", path -> Page.text(METRICS_TYPE, metrics.get()));
    pages.forEach(admin::page);
    http.setExecutor(admin.threads);
    http.start();
    return admin;
  }

  private static void setIfAbsent(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "admin");
    thread.setDaemon(true);
    return thread;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void page(String path, Function<String, Page> page) {
    context(path, page, rest -> Page.error(401, "the token is missing or wrong"));
  }

  private void health(String path, Supplier<Page> page) {
    context(path, rest -> page.get(), rest -> Health.statusOf(page.get()));
  }

  /**
   * Answers at a path.
   *
   * @param stranger for requests without the token
   */
  private void context(String path, Function<String, Page> page, Function<String, Page> stranger) {
    server.createContext(
        path,
        exchange ->
            send(exchange, () -> found(exchange, path, mayAsk(exchange) ? page : stranger)));
  }

  private boolean mayAsk(HttpExchange exchange) {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    return token.isEmpty() || token.get().isIn(authorization);
  }

  /** Contexts are prefixes: {@code /metrics} gets {@code /metrics/more} as well. */
  private static Page found(HttpExchange exchange, String path, Function<String, Page> page) {
    String asked = exchange.getRequestURI().getPath();
    return asked.equals(path) || path.endsWith("/")
        ? page.apply(asked.substring(path.length()))
        : Page.error(404, "no such page");
  }

  private static void send(HttpExchange exchange, Supplier<Page> wanted) throws IOException {
    try (exchange) {
      Page page = answer(exchange, wanted);
      exchange.getResponseHeaders().set("Content-Type", page.contentType());
      if (page.status() == 401) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      }
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(page.status(), -1);
        return;
      }
      exchange.sendResponseHeaders(page.status(), page.body().length);
      exchange.getResponseBody().write(page.body());
    }
  }

  private static Page answer(HttpExchange exchange, Supplier<Page> wanted) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Page.error(405, "method is " + method + ", expected GET");
    }
    try {
      return wanted.get();
    } catch (RuntimeException e) {
      LOG.error("page {} failed", exchange.getRequestURI(), e);
      return Page.error(500, "page failed, see the log");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
