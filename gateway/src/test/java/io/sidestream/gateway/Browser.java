package io.sidestream.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A browser without a window, driven through its driver's WebDriver protocol. */
final class Browser implements AutoCloseable {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final String DRIVER = "chromedriver";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process driver;
  private final String session;

  private Browser(Process driver, String session) {
    this.driver = driver;
    this.session = session;
  }

  /** A browser with an empty profile; skips the test, with the reason, where there is none. */
  static Browser open(Path folder) throws Exception {
    Optional<Path> browser = BROWSERS.stream().flatMap(Browser::onPath).findFirst();
    Optional<Path> program = onPath(DRIVER).findFirst();
    assumeTrue(browser.isPresent(), "skipped: none of " + BROWSERS + " is on PATH");
    assumeTrue(program.isPresent(), "skipped: " + DRIVER + " is not on PATH");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process driver =
        new ProcessBuilder(program.get().toString(), "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("driver.log").toFile())
            .start();
    String base = "http://127.0.0.1:" + port;
    awaitDriver(base);
    JsonNode created = command("POST", base + "/session", options(browser.get(), folder));
    return new Browser(driver, base + "/session/" + created.path("sessionId").asText());
  }

  private static ObjectNode options(Path browser, Path folder) throws Exception {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode always = body.putObject("capabilities").putObject("alwaysMatch");
    always.putObject("goog:loggingPrefs").put("browser", "ALL");
    ObjectNode chrome = always.putObject("goog:chromeOptions").put("binary", browser.toString());
    var arguments = chrome.putArray("args");
    for (String argument :
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + Files.createTempDirectory(folder, "profile"))) {
      arguments.add(argument);
    }
    return body;
  }

  private static void awaitDriver(String base) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        HTTP.send(
            HttpRequest.newBuilder(URI.create(base + "/status")).build(),
            HttpResponse.BodyHandlers.discarding());
        return;
      } catch (java.io.IOException e) {
        assertTrue(System.nanoTime() < end, "the driver does not answer");
        Thread.sleep(20);
      }
    }
  }

  private static Stream<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder).resolve(program))
        .filter(Files::isExecutable);
  }

  /** Sets the width of the page, and whether its reader prefers dark. */
  void view(int width, int height, boolean dark) throws Exception {
    ObjectNode size = JSON.createObjectNode();
    size.put("width", width).put("height", height).put("deviceScaleFactor", 1).put("mobile", false);
    devTools("Emulation.setDeviceMetricsOverride", size);
    ObjectNode media = JSON.createObjectNode();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    devTools("Emulation.setEmulatedMedia", media);
  }

  void go(String url) throws Exception {
    command("POST", session + "/url", JSON.createObjectNode().put("url", url));
  }

  /** The value of a script, which says what it returns. */
  JsonNode run(String script) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("script", script);
    body.putArray("args");
    return command("POST", session + "/execute/sync", body);
  }

  /** Waits until a script returns a true value, and gives it. */
  JsonNode await(String script) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode value = run(script);
      if (!value.isNull() && !value.asText().equals("false") && !value.asText().equals("0")) {
        return value;
      }
      assertTrue(System.nanoTime() < end, () -> "never became true: " + script);
      Thread.sleep(30);
    }
  }

  /** Types with the keyboard, into what has the focus. */
  void type(String keys) throws Exception {
    ObjectNode body = JSON.createObjectNode();
    var actions = body.putArray("actions").addObject().put("type", "key").put("id", "keyboard");
    var steps = actions.putArray("actions");
    keys.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            key -> {
              steps.addObject().put("type", "keyDown").put("value", key);
              steps.addObject().put("type", "keyUp").put("value", key);
            });
    command("POST", session + "/actions", body);
  }

  /** What scripts and the browser complained about. */
  List<String> complaints() throws Exception {
    JsonNode log =
        command("POST", session + "/se/log", JSON.createObjectNode().put("type", "browser"));
    return Stream.iterate(0, i -> i < log.size(), i -> i + 1)
        .map(i -> log.get(i).path("message").asText())
        .toList();
  }

  byte[] picture() throws Exception {
    JsonNode taken =
        devTools("Page.captureScreenshot", JSON.createObjectNode().put("format", "png"));
    return Base64.getDecoder().decode(taken.path("data").asText());
  }

  private JsonNode devTools(String command, ObjectNode parameters) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("cmd", command);
    body.set("params", parameters);
    return command("POST", session + "/goog/cdp/execute", body);
  }

  private static JsonNode command(String method, String url, ObjectNode body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), response.body());
    return JSON.readTree(response.body()).path("value");
  }

  @Override
  public void close() {
    try {
      command("DELETE", session, null);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      driver.destroy();
    }
  }
}
