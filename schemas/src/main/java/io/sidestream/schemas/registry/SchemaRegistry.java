package io.sidestream.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.WriterSchemas;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schemas by id from a registry's REST interface: {@code GET /schemas/ids/ID}, as Confluent's has
 * it, and Apicurio's below {@code /apis/ccompat/v7}. An id that was found once is not asked for
 * again, so that a registry that is away stops new schemas alone; one without a readable schema is
 * asked for again after a while.
 */
public final class SchemaRegistry implements WriterSchemas {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);
  private static final long serialVersionUID = 1;

  /** Most characters of a schema. */
  static final int MAX_SCHEMA = 1_000_000;

  /** Most bytes of an answer, which has escapes around the schema. */
  static final int MAX_ANSWER = 2 * MAX_SCHEMA;

  /** Most ids that are remembered; more than producers have versions of schemas. */
  static final int MAX_KNOWN = 1_000;

  /** How long an id without a readable schema is remembered as such. */
  static final Duration MISS_KEPT = Duration.ofSeconds(30);

  /** How long a registry that did not answer is not asked by those who cannot wait. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  /** How long one question may take. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** How long one may take of those who cannot wait. */
  static final Duration TIMEOUT_AT_ONCE = Duration.ofSeconds(1);

  /** How often a registry that does not answer is asked before giving up, for events. */
  static final int MAX_ATTEMPTS = 6;

  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final int NOT_FOUND = 404;

  /** A registry's error codes of a status are like 40403; 404 itself is that of a wrong path. */
  private static final int CODES_PER_STATUS = 100;

  private static final int OK = 200;
  private static final Registered UNREADABLE = new Registered(Language.OTHER, "");

  private final String url;
  private final String authorization;
  private final int attempts;
  private transient volatile Lookups lookups; // made where it is used

  /** What one JVM knows. */
  private static final class Lookups {
    private final Map<Integer, Registered> known = new ConcurrentHashMap<>();
    private final Map<Integer, Miss> misses = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Clock clock;
    private volatile long retryMillis = Long.MIN_VALUE;

    private Lookups(Clock clock) {
      this.clock = clock;
    }

    private Optional<Registered> remember(int id, Optional<Registered> found) {
      if (found.isPresent() && !found.get().equals(UNREADABLE)) {
        put(known, id, found.get());
      } else {
        put(misses, id, new Miss(found, clock.millis() + MISS_KEPT.toMillis()));
      }
      return found;
    }

    private static <V> void put(Map<Integer, V> map, int id, V value) {
      if (map.size() >= MAX_KNOWN) {
        map.clear();
      }
      map.put(id, value);
    }
  }

  /** An id that has no schema, or no readable one, until a time. */
  private record Miss(Optional<Registered> found, long untilMillis) {}

  /**
   * @param url of the registry, without {@code /schemas}
   * @param user for basic authentication; without one, none is sent
   */
  public static SchemaRegistry of(URI url, Optional<String> user, Optional<String> password) {
    return of(url, user, password, Clock.systemUTC());
  }

  static SchemaRegistry of(URI url, Optional<String> user, Optional<String> password, Clock clock) {
    String authorization =
        user.map(name -> name + ":" + password.orElse(""))
            .map(pair -> pair.getBytes(StandardCharsets.UTF_8))
            .map(bytes -> "Basic " + Base64.getEncoder().encodeToString(bytes))
            .orElse("");
    return new SchemaRegistry(
        url.toString().replaceAll("/+$", ""), authorization, MAX_ATTEMPTS, new Lookups(clock));
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
    Miss miss = own.misses.get(id);
    long now = own.clock.millis();
    if (miss != null && now < miss.untilMillis()) {
      return miss.found();
    }
    if (attempts == 1 && now < own.retryMillis) {
      throw new RegistryUnavailableException(
          "%s did not answer, and is not asked for schema %s yet"
              .formatted(source(), Integer.toUnsignedString(id)));
    }
    return own.remember(id, ask(own, id));
  }

  private Lookups lookups() {
    Lookups own = lookups;
    if (own == null) {
      own = new Lookups(Clock.systemUTC());
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
        own.retryMillis = own.clock.millis() + RETRY_AFTER.toMillis();
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
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<Optional<byte[]>> response = send(own.http, request.build());
    if (response.statusCode() == NOT_FOUND) {
      if (!response.body().map(body -> saysNotKnown(own.json, body)).orElse(false)) {
        throw new IOException(
            "it answered with status 404 and no error code of a schema registry, which was expected"
                + " at this URL");
      }
      return Optional.empty();
    }
    if (response.statusCode() != OK) {
      throw new IOException("it answered with status " + response.statusCode());
    }
    Registered found = response.body().map(body -> schema(own.json, body)).orElse(UNREADABLE);
    if (found.equals(UNREADABLE)) {
      LOG.warn(
          "{} gave no schema of 1 to {} characters for schema {}",
          source(),
          MAX_SCHEMA,
          Integer.toUnsignedString(id));
    }
    return Optional.of(found);
  }

  /** The response with its body: a request's own timeout would end at the headers. */
  private HttpResponse<Optional<byte[]>> send(HttpClient http, HttpRequest request)
      throws IOException {
    Duration limit = attempts == 1 ? TIMEOUT_AT_ONCE : TIMEOUT;
    CompletableFuture<HttpResponse<Optional<byte[]>>> response =
        http.sendAsync(request, head -> new LimitedBody(MAX_ANSWER));
    try {
      return response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IOException(ReasonText.of(e.getCause()), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      response.cancel(true);
    }
  }

  /** Whether a registry says so: servers also answer with 404 where no registry is. */
  private static boolean saysNotKnown(ObjectMapper json, byte[] body) {
    try {
      return json.readTree(body).path("error_code").asInt() / CODES_PER_STATUS == NOT_FOUND;
    } catch (IOException e) {
      return false;
    }
  }

  private static Registered schema(ObjectMapper json, byte[] body) {
    JsonNode answer;
    try {
      answer = json.readTree(body);
    } catch (IOException e) {
      return UNREADABLE;
    }
    String text = answer.path("schema").asText("");
    if (text.isEmpty() || text.length() > MAX_SCHEMA) {
      return UNREADABLE;
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
