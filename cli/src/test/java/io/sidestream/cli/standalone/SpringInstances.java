package io.sidestream.cli.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.clients.spring.SidestreamConfiguration;
import io.sidestream.clients.spring.SidestreamException;
import io.sidestream.clients.spring.SidestreamQueries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;

/** Two instances of a Spring application, which share the result topics of a running system. */
final class SpringInstances {
  private static final int REQUESTS = 20;
  private static final Duration START = Duration.ofSeconds(30);

  private final ObjectMapper json = new ObjectMapper();
  private final String servers;

  SpringInstances(String servers) {
    this.servers = servers;
  }

  /** Each instance gets the replies to its own requests, and failures by their sentence. */
  void run() throws Exception {
    try (AnnotationConfigApplicationContext first = start();
        AnnotationConfigApplicationContext second = start()) {
      SidestreamQueries one = queries(first);
      SidestreamQueries two = queries(second);
      List<CompletableFuture<String>> searches = new ArrayList<>();
      List<CompletableFuture<String>> recommendations = new ArrayList<>();
      for (int i = 1; i <= REQUESTS; i++) {
        searches.add(
            one.search("{\"query\": \"storm\", \"k\": %d, \"explain\": true}".formatted(i)));
        recommendations.add(
            two.recommend(
                """
                {"history": ["film-0001", "film-0002"], "k": %d,
                 "filters": [{"attribute": "year", "atLeast": 1900}]}"""
                    .formatted(i)));
      }
      for (int i = 1; i <= REQUESTS; i++) {
        assertHasItems(i, searches.get(i - 1), true);
        assertHasItems(i, recommendations.get(i - 1), false);
      }
      assertFails(one.search("{\"query\": \"storm\", \"k\": 0}"));
    }
  }

  /** As many items as were asked for: a reply to another request would have another number. */
  private void assertHasItems(int k, CompletableFuture<String> reply, boolean explained)
      throws Exception {
    JsonNode value = json.readTree(reply.get());
    assertEquals("OK", value.get("status").asText(), value::toString);
    assertEquals(k, value.get("items").size(), value::toString);
    assertEquals(explained, value.hasNonNull("explanation"), value::toString);
  }

  private static void assertFails(CompletableFuture<String> reply) {
    ExecutionException failure = assertThrows(ExecutionException.class, reply::get);
    Throwable cause = failure.getCause();
    assertInstanceOf(SidestreamException.class, cause);
    assertTrue(cause.getMessage().contains("k is 0"), cause::getMessage);
  }

  private AnnotationConfigApplicationContext start() {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test",
                Map.of("sidestream.bootstrap.servers", servers, "sidestream.timeout.ms", "30000")));
    context.register(SidestreamConfiguration.class);
    context.refresh();
    return context;
  }

  @SuppressWarnings("unchecked") // the context knows no type parameters
  private static SidestreamQueries queries(AnnotationConfigApplicationContext context)
      throws InterruptedException {
    return new SidestreamQueries(context.getBean(ReplyingKafkaTemplate.class), START);
  }
}
