package io.sidestream.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleNotFoundException;
import io.sidestream.model.fixtures.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a server in this process. */
class S3BundleStoreTest extends S3BundleStoreContract {
  @TempDir static Path buckets;

  private static S3Server server;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(buckets, 0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  BundleStoreConfig config(String cache) {
    return config(cache, S3Server.SECRET_KEY);
  }

  private BundleStoreConfig config(String cache, String secret) {
    return new BundleStoreConfig(
        "s3://" + S3Server.BUCKET + "/tests/default",
        directory.resolve(cache).toString(),
        2,
        new S3Access(server.endpoint(), "", true, S3Server.ACCESS_KEY, secret),
        "");
  }

  @Test
  void fetch_serverIsAway_mayPassAndHeals() throws Exception {
    String sha256 = publish(store, FIRST);
    int port = server.port();
    server.close();
    try {
      IOException e = assertThrows(IOException.class, () -> store.fetch(FIRST, sha256));
      assertFalse(e instanceof BundleException, e.toString());
      assertFalse(e instanceof BundleNotFoundException, e.toString());
      assertTrue(
          e.getMessage().startsWith("bundle store " + store.location() + ": get "), e.getMessage());
    } finally {
      server = S3Server.start(buckets, port);
    }
    store.fetch(FIRST, sha256);
  }

  @Tag("S5")
  @Test
  void fetch_wrongSecret_failsWithoutShowingIt() throws Exception {
    String sha256 = publish(store, FIRST);
    try (BundleStore stranger = BundleStore.of(config("cache", "another-secret"))) {
      IOException e = assertThrows(IOException.class, () -> stranger.fetch(FIRST, sha256));
      assertFalse(e instanceof BundleNotFoundException, e.toString());
      assertFalse(e.getMessage().contains("another-secret"), e.getMessage());
    }
  }

  @Test
  void fetch_noSuchBucket_isNamed() throws Exception {
    BundleStoreConfig nowhere =
        new BundleStoreConfig(
            "s3://no-such-bucket", directory.toString(), 2, config("cache").s3(), "");
    try (BundleStore none = BundleStore.of(nowhere)) {
      IOException e = assertThrows(IOException.class, () -> none.fetch(FIRST, "0".repeat(64)));
      assertTrue(e.getMessage().contains("s3://no-such-bucket"), e.getMessage());
      assertEquals("s3://no-such-bucket", none.location());
    }
  }
}
