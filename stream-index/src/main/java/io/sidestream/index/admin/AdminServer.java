package io.sidestream.index.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin port: health, metrics, generations, lookups. Read-only. */
public final class AdminServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final int THREADS = 2;
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private AdminServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts the server.
   *
   * @param port 0 takes a free one
   * @param metrics Prometheus text format
   * @throws IOException when the port cannot be bound
   */
  public static AdminServer start(
      String host, int port, Health health, Supplier<String> metrics, Lookups lookups)
      throws IOException {
    HttpServer http;
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
    } catch (BindException e) {
      throw new IOException(
          "admin port " + host + ":" + port + " cannot be bound: " + ReasonText.of(e), e);
    }
    AdminServer admin = new AdminServer(http);
    admin.page("/health/live", health::live);
    admin.page("/health/ready", health::ready);
    admin.page("/health/started", health::started);
    admin.page("/metrics", () -> Page.text(METRICS_TYPE, metrics.get()));
    admin.page("/generations", lookups::generations);
    admin.lookup("/ids/", lookups::id);
    admin.lookup("/items/", lookups::item);
    http.setExecutor(admin.threads);
    http.start();
    return admin;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void page(String path, Supplier<Page> page) {
    server.createContext(
        path,
        exchange ->
            send(
                exchange,
                exchange.getRequestURI().getPath().equals(path)
                    ? page
                    : () -> Page.error(404, "no such page")));
  }

  private void lookup(String prefix, Function<String, Page> page) {
    server.createContext(
        prefix,
        exchange ->
            send(
                exchange,
                () -> page.apply(exchange.getRequestURI().getPath().substring(prefix.length()))));
  }

  private static void send(HttpExchange exchange, Supplier<Page> wanted) throws IOException {
    try (exchange) {
      Page page = answer(exchange, wanted);
      exchange.getResponseHeaders().set("Content-Type", page.contentType());
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
