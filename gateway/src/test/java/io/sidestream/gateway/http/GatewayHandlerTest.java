package io.sidestream.gateway.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The server without a broker: its one endpoint answers with what it was asked for. */
class GatewayHandlerTest {
  private static final int WAIT_MILLIS = 20_000;
  private static final HttpLimits LIMITS =
      new HttpLimits(
          4, 4, 1_024, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(5));
  private static final Route ECHO =
      new Route(
          Route.Method.GET,
          "/items/{id}",
          false,
          call ->
              CompletableFuture.completedFuture(
                  new HttpReply(
                      200,
                      "text/plain; charset=utf-8",
                      call.variable().getBytes(StandardCharsets.UTF_8),
                      Map.of())));

  @Test
  void path_idInIt_isPercentDecodedOnly() throws Exception {
    Map<String, String> ids =
        Map.ofEntries(
            Map.entry("a+b", "a+b"),
            Map.entry("a%20b", "a b"),
            Map.entry("a%2Bb", "a+b"),
            Map.entry("a%2Fb", "a/b"),
            Map.entry("%C3%A4", "ä"),
            Map.entry("100%25", "100%"),
            Map.entry("a%2520b", "a%20b"),
            Map.entry("a%5Cb", "a\\b"));
    try (GatewayServer server = server(new SimpleMeterRegistry())) {
      for (var one : ids.entrySet()) {
        String response = get(server, "/items/" + one.getKey());
        assertTrue(response.endsWith("\r\n\r\n" + one.getValue()), response);
      }
    }
  }

  @Test
  void response_metersFail_isAnErrorAndNoSilence() throws Exception {
    MeterRegistry failing = new SimpleMeterRegistry();
    failing
        .config()
        .meterFilter(
            new MeterFilter() {
              @Override
              public MeterFilterReply accept(Meter.Id id) {
                throw new IllegalStateException("no meter");
              }
            });

    try (GatewayServer server = server(failing)) {
      String response = get(server, "/items/a");
      assertTrue(response.startsWith("HTTP/1.1 500 "), response);
    }
  }

  private static GatewayServer server(MeterRegistry registry) throws Exception {
    return GatewayServer.start(
        "127.0.0.1",
        0,
        LIMITS,
        new AccessGuard("127.0.0.1", Optional.empty()),
        List.of(ECHO),
        new HttpMeters(registry));
  }

  /** The response to a request after which its connection is closed. */
  private static String get(GatewayServer server, String path) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
      socket.setSoTimeout(WAIT_MILLIS);
      String request = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.formatted(path).getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
