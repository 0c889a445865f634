package io.sidestream.admin.tracing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpServer;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SharedSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracingTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";
  private static final String HEADER = "my-traceparent";

  // Fields of OTLP's ExportTraceServiceRequest.
  private static final int RESOURCE_SPANS = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SPANS = 2;
  private static final int TRACE_ID = 1;
  private static final int SPAN_ID = 2;
  private static final int PARENT_ID = 4;
  private static final int NAME = 5;

  private final List<UnknownFieldSet> requests = new CopyOnWriteArrayList<>();
  private final List<String> types = new CopyOnWriteArrayList<>();
  private HttpServer collector;

  /** A collector of the OpenTelemetry protocol. */
  @BeforeEach
  void collect() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          types.add(exchange.getRequestHeaders().getFirst("Content-Type"));
          requests.add(UnknownFieldSet.parseFrom(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  @Test
  void begin_tracedRequest_continuesItsTraceAndExports() throws Exception {
    Headers headers = traced("01");
    String check;
    try (Tracing tracing = Tracing.start("sidestream-test", config(0), HEADER)) {
      try (OpenSpan span = tracing.begin("check", headers)) {
        span.attribute("sidestream.outcome", "ready");
      }
      check = spanOf(headers);
      assertNotEquals(PARENT, check);
      assertEquals(TRACE, traceOf(headers));
      tracing.begin("answer", headers).close();
    }
    assertEquals(List.of("application/x-protobuf"), types);
    List<UnknownFieldSet> spans = spans();
    assertEquals(List.of("check", "answer"), spans.stream().map(span -> text(span, NAME)).toList());
    assertEquals(TRACE, hex(spans.get(0), TRACE_ID));
    assertEquals(PARENT, hex(spans.get(0), PARENT_ID));
    assertEquals(check, hex(spans.get(0), SPAN_ID));
    assertEquals(check, hex(spans.get(1), PARENT_ID));
    assertEquals(spanOf(headers), hex(spans.get(1), SPAN_ID));
    assertTrue(requests.get(0).toString().contains("sidestream-test"));
  }

  @Test
  void begin_requestThatIsNotSampled_isNotExported() {
    Headers headers = traced("00");
    try (Tracing tracing = Tracing.start("sidestream-test", config(1), HEADER)) {
      tracing.begin("check", headers).close();
    }
    assertEquals(TRACE, traceOf(headers));
    assertEquals(List.of(), requests);
  }

  @Test
  void begin_requestWithoutTrace_getsOneByTheRatio() {
    Headers headers = new RecordHeaders();
    try (Tracing tracing = Tracing.start("sidestream-test", config(1), HEADER)) {
      tracing.begin("check", headers).close();
    }
    assertEquals(1, spans().size());
    assertEquals(traceOf(headers), hex(spans().get(0), TRACE_ID));
    requests.clear();
    try (Tracing tracing = Tracing.start("sidestream-test", config(0), HEADER)) {
      tracing.begin("check", new RecordHeaders()).close();
    }
    assertEquals(List.of(), requests);
  }

  @Test
  void begin_notConfigured_leavesHeadersAsTheyAre() {
    Headers headers = new RecordHeaders().add(HEADER, new byte[] {1, 2});
    try (Tracing tracing = Tracing.start("sidestream-test", TracingConfig.OFF, HEADER)) {
      tracing.begin("check", headers).close();
    }
    assertArrayEquals(new byte[] {1, 2}, headers.lastHeader(HEADER).value());
  }

  @Test
  void begin_malformedTrace_beginsANewOne() {
    Headers headers = new RecordHeaders().add(HEADER, new byte[] {1, 2});
    try (Tracing tracing = Tracing.start("sidestream-test", config(1), HEADER)) {
      tracing.begin("check", headers).close();
    }
    assertEquals(1, spans().size());
    assertEquals(traceOf(headers), hex(spans().get(0), TRACE_ID));
  }

  @Test
  void config_endpointThatIsNoUrl_isRefusedInOneSentence() {
    Settings settings = Settings.of(Map.of(SharedSettings.TRACING_ENDPOINT, "collector:4318"));
    assertThrows(
        IllegalArgumentException.class,
        () -> settings.read(SharedSettings.SCHEMA, TracingConfig::of));
  }

  private TracingConfig config(double ratio) {
    int port = collector.getAddress().getPort();
    return new TracingConfig(
        Optional.of(URI.create("http://127.0.0.1:" + port + "/v1/traces")), ratio);
  }

  private static Headers traced(String flags) {
    String traceparent = "00-" + TRACE + "-" + PARENT + "-" + flags;
    return new RecordHeaders().add(HEADER, traceparent.getBytes(US_ASCII));
  }

  private static String traceOf(Headers headers) {
    return new String(headers.lastHeader(HEADER).value(), US_ASCII).split("-")[1];
  }

  private static String spanOf(Headers headers) {
    return new String(headers.lastHeader(HEADER).value(), US_ASCII).split("-")[2];
  }

  private List<UnknownFieldSet> spans() {
    return requests.stream()
        .flatMap(request -> children(request, RESOURCE_SPANS).stream())
        .flatMap(resource -> children(resource, SCOPE_SPANS).stream())
        .flatMap(scope -> children(scope, SPANS).stream())
        .toList();
  }

  private static List<UnknownFieldSet> children(UnknownFieldSet parent, int field) {
    return parent.getField(field).getLengthDelimitedList().stream()
        .map(
            bytes -> {
              try {
                return UnknownFieldSet.parseFrom(bytes);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }

  private static String hex(UnknownFieldSet span, int field) {
    return HexFormat.of().formatHex(bytes(span, field).toByteArray());
  }

  private static String text(UnknownFieldSet span, int field) {
    return bytes(span, field).toStringUtf8();
  }

  private static ByteString bytes(UnknownFieldSet span, int field) {
    return span.getField(field).getLengthDelimitedList().get(0);
  }
}
