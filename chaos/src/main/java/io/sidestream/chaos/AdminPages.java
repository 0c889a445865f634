package io.sidestream.chaos;

import io.sidestream.schemas.ItemId;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The admin port of a process.
 *
 * @param port on 127.0.0.1
 */
record AdminPages(int port) {
  private static final int LIMIT_MILLIS = 5_000;

  /** Whether the process answers that it is ready. */
  boolean isReady() {
    return get("/health/ready").isPresent();
  }

  /** What an index says of an item; empty when it does not have it, or does not answer. */
  Optional<String> item(ItemId item) {
    return get("/items/" + URLEncoder.encode(item.value(), StandardCharsets.UTF_8));
  }

  private Optional<String> get(String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
      connection.setConnectTimeout(LIMIT_MILLIS);
      connection.setReadTimeout(LIMIT_MILLIS);
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        return Optional.empty();
      }
      try (InputStream body = connection.getInputStream()) {
        return Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
