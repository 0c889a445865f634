package io.sidestream.index.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.index.serving.Serving;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {
  private final AtomicBoolean loaded = new AtomicBoolean();
  private final Health health = new Health(Map.of("generation", loaded::get));
  private AdminServer server;

  @BeforeEach
  void start() throws IOException {
    server = start(0);
  }

  private AdminServer start(int port) throws IOException {
    return AdminServer.start(
        "127.0.0.1", port, health, () -> "metric 1\n", new Lookups(new Serving(), List::of));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void start_busyPort_saysWhichInOneSentence() {
    IOException refused = assertThrows(IOException.class, () -> start(server.port()));
    assertTrue(refused.getMessage().contains("127.0.0.1:" + server.port()), refused.getMessage());
    assertFalse(refused.getMessage().contains("\n"));
  }

  @Test
  void health_conditions_changeReadinessAndNotLiveness() throws Exception {
    assertEquals(503, get("/health/ready").statusCode());
    assertEquals(503, get("/health/started").statusCode());
    assertEquals(200, get("/health/live").statusCode());
    loaded.set(true);
    assertEquals(200, get("/health/ready").statusCode());
    loaded.set(false);
    assertEquals(503, get("/health/ready").statusCode());
    assertEquals(200, get("/health/started").statusCode());
  }

  @Test
  void health_stopping_isUnreadyAndAlive() throws Exception {
    loaded.set(true);
    health.stopping();
    assertEquals(503, get("/health/ready").statusCode());
    assertEquals(200, get("/health/live").statusCode());
  }

  @Test
  void health_failedPart_isNotAliveAndSaysWhich() throws Exception {
    health.failed("answering: broker gone");
    health.failed("something later");
    HttpResponse<String> live = get("/health/live");
    assertEquals(503, live.statusCode());
    assertTrue(live.body().contains("answering: broker gone"), live.body());
  }

  @Test
  void pages_unknownPathOrMethod_areErrors() throws Exception {
    assertEquals(404, get("/metrics/more").statusCode());
    assertEquals("metric 1\n", get("/metrics").body());
    HttpRequest post =
        HttpRequest.newBuilder(uri("/metrics")).POST(HttpRequest.BodyPublishers.noBody()).build();
    assertEquals(
        405,
        HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString()).statusCode());
  }

  @Test
  void lookups_nonsense_areErrorsInOneSentence() throws Exception {
    assertEquals(400, get("/ids/12").statusCode());
    assertEquals(400, get("/ids/0:1-2").statusCode());
    assertEquals(400, get("/ids/1:99999-2").statusCode());
    assertEquals(400, get("/items/").statusCode());
    assertEquals(503, get("/items/some%20item").statusCode());
    assertEquals("[]", get("/generations").body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
