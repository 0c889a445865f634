package io.sidestream.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 * @param address what comes before the path, such as {@code http://127.0.0.1:8480}
 * @param token that requests carry; empty for none
 */
public record AdminPages(URI address, Optional<String> token) {
  private static final int LIMIT_MILLIS = 5_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One of this machine that asks for no token. */
  static AdminPages local(int port) {
    return new AdminPages(URI.create("http://127.0.0.1:" + port), Optional.empty());
  }

  /** Without the token. */
  @Override
  public String toString() {
    return address.toString();
  }

  /** Whether the process answers that it is ready. */
  public boolean isReady() {
    return get("/health/ready").isPresent();
  }

  /** The ID that an index has for an item; empty when it has none, or does not answer. */
  Optional<String> idOf(ItemId item) {
    return get("/items/" + URLEncoder.encode(item.value(), StandardCharsets.UTF_8))
        .map(AdminPages::id);
  }

  private static String id(String page) {
    try {
      return JSON.readTree(page).path("id").asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(page, e);
    }
  }

  private Optional<String> get(String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(address + path).toURL().openConnection();
      token.ifPresent(given -> connection.setRequestProperty("Authorization", "Bearer " + given));
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
