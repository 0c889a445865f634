package io.sidestream.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.client.Connection;
import io.sidestream.client.Generations;
import io.sidestream.client.Tail;
import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.avro.Codecs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final int BODY = 2_048;

  @TempDir static Path folder;
  private static RunningGateway running;

  @BeforeAll
  static void start() throws Exception {
    running =
        RunningGateway.start(
            folder,
            Map.of(
                "gateway.timeout", "1s",
                "gateway.requests.max", "4",
                "gateway.body.max.bytes", Integer.toString(BODY),
                "gateway.body.timeout", "1s"));
  }

  @AfterAll
  static void stop() throws Exception {
    running.close();
  }

  @Test
  void search_answered_hasTitlesIdsAndReasons() throws Exception {
    HttpResponse<String> response =
        running.post("/search", "{\"query\": \"a dream\", \"explain\": true}");

    assertEquals(200, response.statusCode(), response.body());
    JsonNode answer = JSON.readTree(response.body());
    assertEquals(7, answer.path("generation").asInt());
    JsonNode first = answer.path("items").get(0);
    assertEquals(RunningGateway.MARKUP, first.path("title").asText());
    assertEquals("7:4-0-9", first.path("semanticId").asText());
    assertEquals(-0.5, first.path("features").path("generator").asDouble());
    JsonNode seen = first.path("attributions").get(1);
    assertEquals(
        "dense item m1",
        seen.at("/feature").asText()
            + " "
            + seen.at("/kind").asText()
            + " "
            + seen.at("/name").asText());
    assertEquals("Inception", seen.path("title").asText());
    assertEquals(0.1, seen.path("value").asDouble());
    assertEquals(10, answer.path("explanation").path("weights").path("dense").asDouble());
    assertEquals(
        "Inception",
        answer
            .path("explanation")
            .path("beams")
            .get(1)
            .path("items")
            .get(0)
            .path("title")
            .asText());
  }

  @Test
  void recommend_history_isAnswered() throws Exception {
    HttpResponse<String> response = running.post("/recommend", "{\"history\": [\"m1\"], \"k\": 3}");

    assertEquals(200, response.statusCode(), response.body());
    assertEquals(3, JSON.readTree(response.body()).path("items").size());
  }

  @Test
  void search_numberAsQuery_isItsDigits() throws Exception {
    HttpResponse<String> response = running.post("/search", "{\"query\": 3}");

    assertEquals(200, response.statusCode(), response.body());
  }

  @Test
  void similar_item_isAnsweredWithoutIt() throws Exception {
    HttpResponse<String> response = running.post("/similar", "{\"like\": \"m1\"}");

    assertEquals(200, response.statusCode(), response.body());
    assertEquals(
        List.of("m0", "m2"), JSON.readTree(response.body()).path("items").findValuesAsText("item"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/search | {\"query\": true} | query",
        "/search | {} | query",
        "/search | {\"query\": \"q\", \"k\": 0} | k",
        "/recommend | {\"user\": \"u\", \"k\": \"ten\"} | k",
        "/similar | {\"history\": [\"m1\"]} | like",
        "/similar | {\"like\": \"m1\", \"k\": 0} | k",
        "/events | {\"interactions\": [{\"user\": \"u\"}]} | interactions[0].item",
        "/events | {} | interactions",
        "/events | {\"interactions\": [], \"interactions\": []} | ''",
        "/generations/rollback | {\"generation\": 7, \"generation\": 6} | ''",
        "/generations/rollback | {} | generation"
      })
  void post_wrongField_isNamed(String path, String body, String field) throws Exception {
    HttpResponse<String> response = running.post(path, body);

    assertEquals(400, response.statusCode(), response.body());
    assertEquals(field, JSON.readTree(response.body()).path("field").asText(), response.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | /nothing | | 404",
        "GET | /search | | 405",
        "POST | /search | no json | 400",
        "POST | /search | {\"query\": \"silent\"} | 504",
        "POST | /search | {\"query\": \"not ready\"} | 503"
      })
  void request_thatFails_hasItsStatusAndASentence(
      String method, String path, String body, int status) throws Exception {
    HttpResponse<String> response = running.send(method, path, body);

    assertEquals(status, response.statusCode(), response.body());
    assertFalse(JSON.readTree(response.body()).path("error").asText().isEmpty());
    assertEquals(status == 503, response.headers().firstValue("Retry-After").isPresent());
  }

  @Test
  void search_moreThanAreAllowed_get429() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest silent =
        HttpRequest.newBuilder(URI.create(running.address() + "/search"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"query\": \"silent\"}"))
            .build();
    List<CompletableFuture<HttpResponse<String>>> open = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      open.add(http.sendAsync(silent, HttpResponse.BodyHandlers.ofString()));
    }
    Map<Integer, Integer> statuses = new java.util.TreeMap<>();
    for (CompletableFuture<HttpResponse<String>> one : open) {
      HttpResponse<String> response = one.get();
      statuses.merge(response.statusCode(), 1, Integer::sum);
      if (response.statusCode() == 429) {
        assertEquals(Optional.of("1"), response.headers().firstValue("Retry-After"));
      }
    }
    assertEquals(java.util.Set.of(429, 504), statuses.keySet());
    assertTrue(statuses.get(504) >= 4, statuses.toString());
  }

  @Test
  void body_overTheLimit_isRefusedWithAndWithoutALength() throws Exception {
    String large = "{\"query\": \"" + "x".repeat(BODY) + "\"}";
    HttpRequest chunked =
        HttpRequest.newBuilder(URI.create(running.address() + "/search"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
            .build();

    assertEquals(413, running.post("/search", large).statusCode());
    assertEquals(
        413,
        HttpClient.newHttpClient()
            .send(chunked, HttpResponse.BodyHandlers.ofString())
            .statusCode());
  }

  @Test
  void body_thatNeverEnds_isGivenUpAndBlocksNobody() throws Exception {
    URI address = URI.create(running.address());
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Socket socket = new Socket(address.getHost(), address.getPort());
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Content-Length: 100\r\n\r\n{")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      slow.add(socket);
    }
    assertEquals(200, running.post("/search", "{\"query\": \"a dream\"}").statusCode());
    for (Socket socket : slow) {
      socket.setSoTimeout(Math.toIntExact(WAIT.toMillis()));
      try (socket;
          InputStream in = socket.getInputStream()) {
        String response = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(response.startsWith("HTTP/1.1 408 "), response);
      }
    }
  }

  @Test
  void post_fromAnotherSite_isRefused() throws Exception {
    assertEquals(
        415, running.send("POST", "/search", null, "Content-Type", "text/plain").statusCode());
    URI address = URI.create(running.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /users HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(response.startsWith("HTTP/1.1 403 "), response);
    }
  }

  @Test
  void events_andItems_areOnTheirTopics() throws Exception {
    Connection connection = Connection.to(running.bootstrapServers());
    try (Tail<Interaction> interactions =
            Tail.fromEnd(connection, RunningGateway.TOPICS.interactions(), Codecs.interaction());
        Tail<Item> items = Tail.fromEnd(connection, RunningGateway.TOPICS.items(), Codecs.item())) {
      String events =
          """
          {"interactions": [{"user": "u9", "item": "m1", "kind": "view",
                             "at": "2026-01-01T00:00:00Z"}],
           "searches": [{"query": "a heist", "clicked": "m2", "at": 1767225600000}]}
          """;
      assertEquals("{\"accepted\":2}", running.post("/events", events).body());
      assertEquals(
          202, running.send("PUT", "/items/new%2F1", "{\"title\": \"Ronin\"}").statusCode());

      assertEquals("m1", interactions.next(WAIT).get(0).item().value());
      assertEquals("new/1", items.next(WAIT).get(0).id().value());
    }
    assertEquals(202, running.send("DELETE", "/items/new%2F1", null).statusCode());
    assertEquals(
        400, running.send("PUT", "/items/a", "{\"id\": \"b\", \"title\": \"t\"}").statusCode());
    awaitUser("u9");
  }

  private static void awaitUser(String user) throws Exception {
    long end = System.nanoTime() + WAIT.toNanos();
    while (!running.get("/users").body().contains("\"" + user + "\"")) {
      assertTrue(System.nanoTime() < end, "no user " + user);
      Thread.sleep(50);
    }
  }

  @Test
  void rollback_confirmed_announcesTheOneBefore() throws Exception {
    assertEquals(409, running.post("/generations/rollback", "{\"generation\": 6}").statusCode());

    String tooLong = "{\"generation\": 7, \"why\": \"%s\"}".formatted("x".repeat(1_001));
    assertEquals(400, running.post("/generations/rollback", tooLong).statusCode());

    HttpResponse<String> done =
        running.post("/generations/rollback", "{\"generation\": 7, \"why\": \"worse\"}");

    assertEquals(200, done.statusCode(), done.body());
    GenerationHistory history =
        new Generations(Connection.to(running.bootstrapServers())).history();
    assertEquals(
        Optional.of(new Generation(6)), history.serving().map(GenerationAnnouncement::generation));
    DecisionAuthor author =
        history.find(new Generation(7)).orElseThrow().rollout().decisions().get(0).author();
    assertEquals("gateway: worse", author.by() + ": " + author.why());
    HttpResponse<String> again = running.post("/generations/rollback", "{\"generation\": 6}");
    assertEquals(409, again.statusCode(), again.body());
  }

  @Test
  void token_set_isAskedForEverywhereButOnThePage() throws Exception {
    String token = "a-token-of-some-length";
    try (GatewayApplication guarded = running.open(Map.of("gateway.token", token))) {
      HttpClient http = HttpClient.newHttpClient();
      URI users = URI.create(guarded.address() + "/users");
      HttpRequest without = HttpRequest.newBuilder(users).build();
      HttpRequest with =
          HttpRequest.newBuilder(users).header("Authorization", "Bearer " + token).build();
      HttpRequest page = HttpRequest.newBuilder(URI.create(guarded.address() + "/")).build();

      assertEquals(401, http.send(without, HttpResponse.BodyHandlers.discarding()).statusCode());
      assertEquals(200, http.send(with, HttpResponse.BodyHandlers.discarding()).statusCode());
      assertEquals(200, http.send(page, HttpResponse.BodyHandlers.discarding()).statusCode());
    }
  }

  @Test
  void start_takenPort_saysWhich() throws Exception {
    String port = Integer.toString(URI.create(running.address()).getPort());

    IOException error =
        assertThrows(IOException.class, () -> running.open(Map.of("gateway.port", port)));
    assertTrue(error.getMessage().startsWith("gateway port 127.0.0.1:" + port), error.getMessage());
  }

  @Test
  void page_responses_forbidEverythingButTheirOwn() throws Exception {
    HttpResponse<String> page = running.get("/");

    String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertNull(page.headers().firstValue("Server").orElse(null));
    assertEquals(405, running.send("PUT", "/", "{}").statusCode());
  }

  @Test
  void metrics_responses_areCountedByRouteAndStatus() throws Exception {
    running.get("/nothing-" + System.nanoTime());
    String admin = "http://127.0.0.1:" + running.gateway().adminPort();
    String metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(admin + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();

    assertTrue(
        metrics.contains(
            "sidestream_http_response_duration_seconds_count{route=\"other\",status=\"404\"}"),
        metrics);
    assertFalse(metrics.contains("nothing-"), "a path became a label");
  }
}
