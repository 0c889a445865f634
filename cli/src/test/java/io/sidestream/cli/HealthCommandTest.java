package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.admin.AdminConfig;
import io.sidestream.admin.AdminServer;
import io.sidestream.admin.BearerToken;
import io.sidestream.admin.Health;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthCommandTest {
  private static final String TOKEN = "a-token-of-some-length";

  private final AtomicBoolean ready = new AtomicBoolean();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private AdminServer server;

  @BeforeEach
  void start() throws IOException {
    Health health = new Health(Map.of("jobs", ready::get));
    server = AdminServer.start(new AdminConfig("127.0.0.1", 0), health, () -> "", Map.of());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void health_ofAnUnreadyProcess_is1AndSaysWhy() {
    assertEquals(1, run("--url", url()));
    assertTrue(out.toString().contains("\"jobs\":false"), out.toString());
    assertEquals(0, run("--url", url(), "--check", "live"));
    ready.set(true);
    assertEquals(0, run("--url", url()));
    assertEquals(0, run("--url", url(), "--check", "started"));
  }

  @Test
  void health_byName_asksThePortOfTheSettings() {
    ready.set(true);
    String port = "ingest.admin.port=" + server.port();
    String token = "admin.token=" + TOKEN;
    assertEquals(
        0,
        run(
            "ingest",
            "--set",
            port,
            "--set",
            "ingest.admin.host=0.0.0.0",
            "--set",
            token,
            "--set",
            "a=b"));
    assertEquals(1, run("trainer", "--set", "trainer.admin.port=" + closedPort()));
    assertTrue(err.toString().contains("does not answer"), err.toString());
  }

  /** Without it only the status is told, which is enough for the exit code. */
  @Test
  void health_tokenOfTheProcess_isCarried() throws IOException {
    server.close();
    AdminConfig guarded =
        new AdminConfig("127.0.0.1", 0, Optional.of(BearerToken.of("admin.token", TOKEN)));
    server = AdminServer.start(guarded, new Health(Map.of("jobs", ready::get)), () -> "", Map.of());

    assertEquals(1, run("--url", url()));
    assertFalse(out.toString().contains("jobs"), out.toString());
    assertEquals(1, run("--url", url(), "--set", "admin.token=" + TOKEN));
    assertTrue(out.toString().contains("\"jobs\":false"), out.toString());
    assertEquals(2, run("--url", url(), "--set", "admin.token=short"));
    assertEquals(2, run("index", "--set", "index.admin.host=0.0.0.0"));
  }

  @Test
  void health_ofNobody_isAUsageError() {
    assertEquals(2, run());
    assertEquals(2, run("index", "--url", url()));
    assertEquals(2, run("--url", "ftp://127.0.0.1"));
    assertEquals(2, run("--url", "nonsense"));
  }

  private int closedPort() {
    int port = server.port();
    server.close();
    return port;
  }

  private String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "health";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return SidestreamCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(all);
  }
}
