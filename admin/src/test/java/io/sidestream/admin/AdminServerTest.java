package io.sidestream.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
    return start(new AdminConfig("127.0.0.1", port));
  }

  private AdminServer start(AdminConfig config) throws IOException {
    return AdminServer.start(
        config,
        health,
        () -> "metric 1\n",
        Map.of(
            "/letters/", path -> Page.json(200, List.of(path)),
            "/word", path -> Page.json(200, List.of(path)),
            "/broken", path -> Page.json(200, List.of(path).get(1))));
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
  void pages_ofTheProcess_getWhatFollowsTheirPath() throws Exception {
    assertEquals("[\"more\"]", get("/letters/more").body());
    assertEquals("[\"\"]", get("/word").body());
    assertEquals(404, get("/word/more").statusCode());
    assertEquals(500, get("/broken").statusCode());
    assertEquals(404, get("/").statusCode());
    assertEquals(404, get("/nothing").statusCode());
  }

  /** S6: what a stranger learns is the status that a probe asks for. */
  @Tag("S6")
  @Test
  void pages_withoutTheToken_areRefusedButForTheStatusOfHealth() throws Exception {
    server.close();
    String token = "a-token-of-some-length";
    server =
        start(new AdminConfig("127.0.0.1", 0, Optional.of(BearerToken.of("admin.token", token))));
    for (String path : List.of("/metrics", "/letters/more", "/word", "/", "/nothing")) {
      HttpResponse<String> refused = get(path);
      assertEquals(401, refused.statusCode(), path);
      assertEquals(Optional.of("Bearer"), refused.headers().firstValue("WWW-Authenticate"));
    }
    for (String wrong : List.of("Bearer " + token + "x", "Bearer", "Basic " + token, token)) {
      assertEquals(401, get("/metrics", wrong).statusCode(), wrong);
    }
    assertEquals("metric 1\n", get("/metrics", "Bearer " + token).body());
    assertEquals("[\"more\"]", get("/letters/more", "bearer " + token).body());

    assertEquals("{\"status\":\"down\"}", get("/health/ready").body());
    assertEquals(503, get("/health/ready").statusCode());
    assertEquals(200, get("/health/live").statusCode());
    assertTrue(get("/health/ready", "Bearer " + token).body().contains("generation"));
    health.failed("answering: broker gone");
    assertEquals("{\"status\":\"down\"}", get("/health/live").body());
  }

  /** Two of them blocked every page while a broken proxy kept them open. */
  @Tag("S7")
  @Tag("case-14")
  @Test
  void requests_thatNeverEnd_leaveAThreadAndAreDropped() throws Exception {
    List<Socket> stuck = new ArrayList<>();
    try {
      for (int i = 0; i < AdminServer.THREADS - 1; i++) {
        stuck.add(unfinished());
      }
      assertEquals(200, get("/health/live").statusCode());
      for (int i = 0; i < 2 * AdminServer.THREADS; i++) {
        stuck.add(unfinished());
      }
      long start = System.nanoTime();
      assertEquals(200, get("/health/live").statusCode());
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(waited.toSeconds() < 4 * AdminServer.REQUEST_SECONDS, "waited " + waited);
      assertEquals(-1, stuck.get(0).getInputStream().read(), "it is dropped");
    } finally {
      for (Socket socket : stuck) {
        socket.close();
      }
    }
  }

  private Socket unfinished() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(4_000 * AdminServer.REQUEST_SECONDS);
    socket
        .getOutputStream()
        .write("GET /health/live HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String authorization) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri(path)).header("Authorization", authorization).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
