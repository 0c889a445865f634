package io.sidestream.schemas.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against a server with the registry's interface, which holds what the tests give it. */
class SchemaRegistryTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final Interaction VIEW =
      new Interaction(new UserId("u"), new ItemId("i"), "view", 1, AT);

  /** With a name and an optional field of the producer's own, and without the defaulted weight. */
  private static final Schema PRODUCERS =
      SchemaBuilder.record("ShopEvent")
          .namespace("com.example")
          .fields()
          .optionalString("session")
          .requiredString("user")
          .name("item")
          .type()
          .unionOf()
          .nullType()
          .and()
          .stringType()
          .endUnion()
          .noDefault()
          .requiredString("kind")
          .requiredLong("at")
          .endRecord();

  private final Map<Integer, Map<String, String>> schemas = new ConcurrentHashMap<>();
  private final Map<Integer, String> bodies = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String notFound = "{\"error_code\":40403,\"message\":\"Schema not found\"}";
  private final HandClock clock = new HandClock();
  private HttpServer server;
  private SchemaRegistry registry;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/apis/ccompat/v7/schemas/ids/", this::answer);
    server.start();
    registry =
        SchemaRegistry.of(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/apis/ccompat/v7/"),
            Optional.of("reader"),
            Optional.of("secret"),
            clock);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
    int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
    String given =
        schemas.containsKey(id)
            ? new ObjectMapper().writeValueAsString(schemas.get(id))
            : bodies.get(id);
    byte[] body = (given == null ? notFound : given).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(given == null ? 404 : 200, body.length == 0 ? -1 : body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      assertTrue(body.length > SchemaRegistry.MAX_ANSWER, "the answer was not read"); // hung up
    }
  }

  @Test
  void decode_producersOwnSchema_isResolvedAndAskedForOnce() throws Exception {
    schemas.put(7, Map.of("schema", PRODUCERS.toString()));

    assertEquals(VIEW, Codecs.interaction().decode(avro(7), registry));
    assertEquals(VIEW, Codecs.interaction().decode(avro(7), registry));
    assertEquals(List.of("/apis/ccompat/v7/schemas/ids/7 Basic cmVhZGVyOnNlY3JldA=="), asked);
  }

  @Tag("F12")
  @Test
  void decode_registryIsAway_knownSchemasAreStillRead() throws Exception {
    schemas.put(7, Map.of("schema", PRODUCERS.toString()));
    Codecs.interaction().decode(avro(7), registry);
    server.stop(0);

    WriterSchemas now = registry.withoutWaiting();
    assertEquals(VIEW, Codecs.interaction().decode(avro(7), now));
    RegistryUnavailableException away =
        assertThrows(
            RegistryUnavailableException.class, () -> Codecs.interaction().decode(avro(8), now));
    assertTrue(away.getMessage().contains("cannot be asked for schema 8"), away.getMessage());
  }

  @Test
  void decode_unknownId_isAReasonOfItsOwn() {
    MalformedRecordException refusal = refusal(avro(9), registry);

    assertEquals(Reason.UNKNOWN_SCHEMA, refusal.reason());
    assertTrue(refusal.getMessage().startsWith("value has schema 9, which is not known to"));
    assertEquals(Reason.UNKNOWN_SCHEMA, refusal(avro(9), WriterSchemas.none()).reason());
  }

  @Test
  void decode_jsonSchema_isReadAsJson() throws Exception {
    schemas.put(5, Map.of("schema", "{\"type\":\"object\"}", "schemaType", "JSON"));
    String json =
        "{\"user\":\"u\",\"item\":\"i\",\"kind\":\"view\",\"at\":" + AT.toEpochMilli() + "}";

    assertEquals(
        VIEW,
        Codecs.interaction().decode(framed(5, json.getBytes(StandardCharsets.UTF_8)), registry));
  }

  /** Written by the serializers of confluent-kafka 2.16 for Python, with Apicurio 3.3.3. */
  @Test
  void decode_bytesOfConfluentsSerializers_areRead() throws Exception {
    schemas.put(
        1,
        Map.of(
            "schema",
            SchemaBuilder.record("ShopEvent")
                .namespace("com.example")
                .fields()
                .optionalString("session")
                .requiredString("user")
                .requiredString("item")
                .requiredString("kind")
                .requiredLong("at")
                .endRecord()
                .toString()));
    schemas.put(2, Map.of("schema", "{\"type\":\"object\"}", "schemaType", "JSON"));
    String avro = "000000000102027802750269087669657780a8a8949567";
    String json =
        "00000000027b2275736572223a2275222c226974656d223a2269222c226b696e64223a2276696577222c"
            + "226174223a313737323336363430303030307d";
    for (String hex : List.of(avro, json)) {
      assertEquals(VIEW, Codecs.interaction().decode(HexFormat.of().parseHex(hex), registry));
    }
  }

  @Test
  void decode_otherOrUnfittingSchema_isUnreadable() {
    schemas.put(3, Map.of("schema", "syntax = \"proto3\";", "schemaType", "PROTOBUF"));
    schemas.put(4, Map.of("schema", "no schema"));
    schemas.put(6, Map.of("schema", "\"string\""));
    for (int id : List.of(3, 4, 6)) {
      assertEquals(Reason.UNREADABLE, refusal(avro(id), registry).reason(), "schema " + id);
    }
  }

  /** Such an answer was asked for again and again, and stopped its partition. */
  @Test
  void decode_answerWithoutAReadableSchema_isUnreadable() {
    bodies.put(1, "");
    bodies.put(2, "<html>");
    bodies.put(3, "[]");
    bodies.put(4, "{\"schema\":\"\"}");
    bodies.put(5, "{\"schema\":\"" + "x".repeat(SchemaRegistry.MAX_SCHEMA + 1) + "\"}");
    bodies.put(6, " ".repeat(SchemaRegistry.MAX_ANSWER + 1_000_000));
    for (int id = 1; id <= 6; id++) {
      MalformedRecordException refusal = refusal(avro(id), registry);
      assertEquals(Reason.UNREADABLE, refusal.reason());
      String start = "value has schema " + id + ", of which the schema registry at ";
      assertTrue(refusal.getMessage().startsWith(start), refusal.getMessage());
    }
    assertEquals(6, asked.size());
  }

  /** Each event was rejected where the URL was that of another server, or lacked its path. */
  @Tag("F12")
  @Test
  void find_serverThatIsNoRegistry_isUnavailable() {
    String root = "http://127.0.0.1:" + server.getAddress().getPort();
    for (String body :
        List.of(
            "",
            "<html>",
            "[]",
            "{\"message\":\"no such page\"}",
            "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}")) {
      notFound = body;
      assertNoRegistry(root + "/apis/ccompat/v7");
    }
    assertNoRegistry(root);
  }

  private static void assertNoRegistry(String url) {
    WriterSchemas now =
        SchemaRegistry.of(URI.create(url), Optional.empty(), Optional.empty()).withoutWaiting();
    String message =
        assertThrows(RegistryUnavailableException.class, () -> now.find(7)).getMessage();
    assertEquals(
        "the schema registry at "
            + url
            + " cannot be asked for schema 7: it answered with status 404 and no error code of a"
            + " schema registry, which was expected at this URL",
        message);
  }

  @Test
  void find_unknownId_isAskedForAgainAfterAWhile() {
    registry.find(9);
    registry.find(9);
    assertEquals(1, asked.size());
    schemas.put(9, Map.of("schema", PRODUCERS.toString()));
    clock.now = clock.now.plus(SchemaRegistry.MISS_KEPT);

    assertTrue(registry.find(9).isPresent());
    assertEquals(2, asked.size());
  }

  @Test
  void find_moreIdsThanAreRemembered_asksAgain() {
    for (int id = 0; id <= SchemaRegistry.MAX_KNOWN; id++) {
      registry.find(id);
    }
    registry.find(0);

    assertEquals(SchemaRegistry.MAX_KNOWN + 2, asked.size());
  }

  @Test
  void find_withoutWaiting_failsAtOnceUntilTheRetry() {
    server.stop(0);
    WriterSchemas now = registry.withoutWaiting();
    assertThrows(RegistryUnavailableException.class, () -> now.find(7));
    String atOnce =
        assertThrows(RegistryUnavailableException.class, () -> now.find(8)).getMessage();
    assertTrue(atOnce.endsWith("is not asked for schema 8 yet"), atOnce);
    clock.now = clock.now.plus(SchemaRegistry.RETRY_AFTER);
    String asked = assertThrows(RegistryUnavailableException.class, () -> now.find(8)).getMessage();
    assertTrue(asked.contains("cannot be asked for schema 8"), asked);
  }

  /** It takes connections, and says nothing. */
  @Test
  void find_withoutWaitingOfASilentRegistry_givesUpBeforeOthersDo() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      WriterSchemas now =
          SchemaRegistry.of(url, Optional.empty(), Optional.empty()).withoutWaiting();
      String message =
          assertThrows(RegistryUnavailableException.class, () -> now.find(7)).getMessage();
      assertTrue(message.endsWith("no answer within 1 s"), message);
    }
  }

  @Test
  void serialized_inAnotherJvm_asksForItself() throws Exception {
    schemas.put(7, Map.of("schema", PRODUCERS.toString()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(registry);
    }
    WriterSchemas copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (WriterSchemas) in.readObject();
    }
    assertEquals(VIEW, Codecs.interaction().decode(avro(7), copy));
  }

  private static final class HandClock extends Clock {
    private Instant now = AT;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static MalformedRecordException refusal(byte[] value, WriterSchemas schemas) {
    return assertThrows(
        MalformedRecordException.class, () -> Codecs.interaction().decode(value, schemas));
  }

  private static byte[] avro(int id) {
    GenericRecord event = new GenericData.Record(PRODUCERS);
    event.put("session", "s");
    event.put("user", "u");
    event.put("item", "i");
    event.put("kind", "view");
    event.put("at", AT.toEpochMilli());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<GenericRecord>(PRODUCERS).write(event, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return framed(id, bytes.toByteArray());
  }

  private static byte[] framed(int id, byte[] body) {
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
  }
}
