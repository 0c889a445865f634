package io.sidestream.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A response.
 *
 * @param headers beside those that every response has
 */
public record HttpReply(int status, String contentType, byte[] body, Map<String, String> headers) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_TYPE = "application/json";
  private static final String RETRY_AFTER = "Retry-After";

  public HttpReply {
    body = body.clone();
    headers = Map.copyOf(headers);
  }

  public static HttpReply json(int status, JsonNode body) {
    try {
      return new HttpReply(status, JSON_TYPE, JSON.writeValueAsBytes(body), Map.of());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An error in one sentence. */
  public static HttpReply error(int status, String sentence) {
    return json(status, JSON.createObjectNode().put("error", sentence));
  }

  /** An error about one field of the body. */
  public static HttpReply error(int status, String field, String sentence) {
    ObjectNode body = JSON.createObjectNode().put("error", sentence).put("field", field);
    return json(status, body);
  }

  /** The same, to be tried again later. */
  public HttpReply retryAfter(int seconds) {
    return with(RETRY_AFTER, Integer.toString(seconds));
  }

  /** With one more header. */
  public HttpReply with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new HttpReply(status, contentType, body, more);
  }
}
