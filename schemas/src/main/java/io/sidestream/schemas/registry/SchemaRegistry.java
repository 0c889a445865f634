package io.sidestream.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.WriterSchemas;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schemas by id from a registry's REST interface: {@code GET /schemas/ids/ID}, as Confluent's has
 * it, and Apicurio's below {@code /apis/ccompat/v7}. An id that was found once is not asked for
 * again, so that a registry that is away stops new schemas alone.
 */
public final class SchemaRegistry implements WriterSchemas {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);
  private static final long serialVersionUID = 1;

  /** Most characters of a schema. */
  static final int MAX_SCHEMA = 1_000_000;

  /** How long one question may take. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** How often a registry that does not answer is asked before giving up, for events. */
  static final int MAX_ATTEMPTS = 6;

  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final int NOT_FOUND = 404;
  private static final int OK = 200;

  private final String url;
  private final String authorization;
  private final int attempts;
  private transient volatile Lookups lookups; // made where it is used

  /** What one JVM knows. */
  private static final class Lookups {
    private final Map<Integer, Registered> known = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();
  }

  /**
   * @param url of the registry, without {@code /schemas}
   * @param user for basic authentication; without one, none is sent
   */
  public static SchemaRegistry of(URI url, Optional<String> user, Optional<String> password) {
    String authorization =
        user.map(name -> name + ":" + password.orElse(""))
            .map(pair -> pair.getBytes(StandardCharsets.UTF_8))
            .map(bytes -> "Basic " + Base64.getEncoder().encodeToString(bytes))
            .orElse("");
    return new SchemaRegistry(
        url.toString().replaceAll("/+$", ""), authorization, MAX_ATTEMPTS, new Lookups());
  }

  private SchemaRegistry(String url, String authorization, int attempts, Lookups lookups) {
    this.url = url;
    this.authorization = authorization;
    this.attempts = attempts;
    this.lookups = lookups;
  }

  @Override
  public String source() {
    return "the schema registry at " + url;
  }

  @Override
  public WriterSchemas withoutWaiting() {
    return new SchemaRegistry(url, authorization, 1, lookups());
  }

  @Override
  public Optional<Registered> find(int id) {
    Lookups own = lookups();
    Registered known = own.known.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Registered> found = ask(own, id);
    found.ifPresent(schema -> own.known.put(id, schema));
    return found;
  }

  private Lookups lookups() {
    Lookups own = lookups;
    if (own == null) {
      own = new Lookups();
      lookups = own;
    }
    return own;
  }

  private Optional<Registered> ask(Lookups own, int id) {
    for (int attempt = 1; ; attempt++) {
      try {
        return answer(own, id);
      } catch (IOException e) {
        String message =
            "%s cannot be asked for schema %d: %s".formatted(source(), id, ReasonText.of(e));
        if (attempt >= attempts) {
          throw new RegistryUnavailableException(message, e);
        }
        LOG.warn("{}; asked again", message);
        pause(FIRST_PAUSE_MILLIS << attempt);
      }
    }
  }

  private Optional<Registered> answer(Lookups own, int id) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/schemas/ids/" + Integer.toUnsignedString(id)))
            .timeout(TIMEOUT)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<String> response;
    try {
      response =
          own.http.send(
              request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    if (response.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    if (response.statusCode() != OK) {
      throw new IOException("it answered with status " + response.statusCode());
    }
    return Optional.of(schema(own.json, response.body()));
  }

  private static Registered schema(ObjectMapper json, String body) throws IOException {
    JsonNode answer;
    try {
      answer = json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IOException("its answer is not JSON", e);
    }
    String text = answer.path("schema").asText("");
    if (text.isEmpty() || text.length() > MAX_SCHEMA) {
      throw new IOException(
          "its answer holds a schema of %d characters, expected 1 to %d"
              .formatted(text.length(), MAX_SCHEMA));
    }
    return new Registered(
        switch (answer.path("schemaType").asText("AVRO")) {
          case "AVRO" -> Language.AVRO;
          case "JSON" -> Language.JSON;
          default -> Language.OTHER;
        },
        text);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static RegistryUnavailableException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new RegistryUnavailableException("interrupted while a schema was asked for", cause);
  }
}
