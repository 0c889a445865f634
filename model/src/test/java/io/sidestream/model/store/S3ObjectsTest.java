package io.sidestream.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ObjectsTest {
  private static final int SAID = 1_000;
  private static final int SENT = 10;

  @TempDir Path directory;

  @Test
  void get_connectionEndsEarly_failsAndIsNoObject() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, SAID);
          exchange.getResponseBody().write(new byte[SENT]);
          exchange.getResponseBody().flush();
          exchange.close();
        });
    server.start();
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
    BundleStoreConfig config =
        new BundleStoreConfig(
            "s3://bundles/tests",
            directory.toString(),
            2,
            new S3Access(endpoint, "", true, "key", "secret"),
            "");
    try (S3Objects objects = S3Objects.of(config)) {
      String message = "bundle store s3://bundles/tests: get one ended after 10 of 1000 bytes";
      assertEquals(
          message,
          assertThrows(IOException.class, () -> objects.download("one", directory.resolve("file")))
              .getMessage());
      assertEquals(
          message, assertThrows(IOException.class, () -> objects.read("one")).getMessage());
    } finally {
      server.stop(0);
    }
  }
}
