package io.sidestream.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An HTTP response. */
public record Page(int status, String contentType, byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Page {
    body = body.clone();
  }

  public static Page json(int status, Object body) {
    try {
      return new Page(status, "application/json", JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Page text(String contentType, String body) {
    return new Page(200, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /** An error in one sentence. */
  public static Page error(int status, String sentence) {
    return json(status, Map.of("error", sentence));
  }
}
