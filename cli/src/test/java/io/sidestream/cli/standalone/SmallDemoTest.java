package io.sidestream.cli.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.chaos.SmallTraining;
import io.sidestream.chaos.check.PairRecount;
import io.sidestream.cli.demo.ConsoleReporter;
import io.sidestream.cli.demo.Demo;
import io.sidestream.cli.demo.DemoDataset;
import io.sidestream.cli.demo.DemoReport;
import io.sidestream.cli.demo.DemoSystem;
import io.sidestream.client.Connection;
import io.sidestream.client.SidestreamClient;
import io.sidestream.client.Users;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.schemas.EventId;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo over real parts, on a small data set and with short trainings. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SmallDemoTest {
  private static final long SEED = 5;
  private static final String WEIGHTS = "purchase=3,dislike=-1,impression=0";
  private static final SampleSize SIZE = new SampleSize(80, 40, 4, 1_600);

  private static final List<String> KINDS =
      List.of("view", "purchase", "impression", "dislike", "purchase");

  @TempDir static Path directory;

  private final List<Integer> ports = new ArrayList<>();
  private final StringWriter text = new StringWriter();
  private final DemoReport report = new DemoReport();
  private final Demo demo =
      new Demo(
          DemoDataset.sample(SEED, SIZE),
          new ConsoleReporter(new PrintWriter(text), false, Clock.systemUTC()),
          report,
          Clock.systemUTC());

  @Test
  @Order(1)
  void run_emptyDirectory_showsAllSteps() throws Exception {
    Path json = directory.resolve("report.json");
    try (WorkDirectory work = WorkDirectory.claim(directory.resolve("work"));
        StandaloneSystem system = start(work)) {
      demo.run(DemoSystem.of(system));
      searchOverHttp(system.page(), "storm");
      MetricsPages pages = new MetricsPages(ports);
      pages.assertHoldWhatDashboardsAndAlertsName();
      pages.assertAreDocumented();
    }
    report.write(json);

    JsonNode measured = new ObjectMapper().readTree(json.toFile());
    assertEquals(
        List.of("search", "recommendation", "freshness_ms", "swap", "seconds", "generation"),
        names(measured));
    for (String task : List.of("search", "recommendation")) {
      for (String figure : List.of("id_recall@30", "recall@30", "popularity@30", "random@30")) {
        double share = measured.get(task).get(figure).asDouble(-1);
        assertTrue(share >= 0 && share <= 1, task + " " + figure + " is " + share);
      }
    }
    assertEquals( // clicks are next, where this little training gives them weight
        List.of("item", "interaction", "transition"),
        names(measured.get("freshness_ms")).subList(0, 3));
    assertTrue(text.toString().contains("new query "), text::toString);
    assertTrue(measured.get("swap").get("requests").asLong() > 0);
    assertEquals(0, measured.get("swap").get("failed").asLong());
    assertEquals(0, measured.get("swap").get("mixed").asLong());
    assertTrue(measured.get("seconds").has("train"));
    assertEquals(1, measured.get("generation").asLong());
    assertTrue(text.toString().contains("replies come from generation 2"), text.toString());
    assertTrue(text.toString().contains("replies come from generation 1 again"), text.toString());
    assertTrue(text.toString().contains("is found by its title"), text.toString());
    assertTrue(text.toString().contains("status UNKNOWN_USER before"), text.toString());
    assertTrue(text.toString().contains("saw it after the same 5 films"), text.toString());
  }

  @Test
  @Order(2)
  void start_sameDirectory_servesTheLastGeneration() throws Exception {
    try (WorkDirectory work = WorkDirectory.claim(directory.resolve("work"));
        StandaloneSystem system = start(work);
        SidestreamClient client =
            SidestreamClient.open(system.connection(), Duration.ofSeconds(30))) {
      demo.check(work.paths().root());
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> system.servingGeneration().equals(Optional.of(new Generation(1))));

      Reply reply = client.search(new SearchRequest("storm", 3, Set.of(), Optional.empty()));

      assertEquals(Reply.Status.OK, reply.status());
      assertEquals(3, reply.items().size());
      JsonNode overHttp = searchOverHttp(system.page(), "storm");
      assertEquals(reply.items().get(0).item().value(), overHttp.at("/items/0/item").asText());
      assertTrue(overHttp.at("/explanation/beams/0/codes/0").isInt(), overHttp.toString());
      assertTrue(overHttp.at("/items/0/attributions").isArray(), overHttp.toString());
      new OutsideClients(system.connection().bootstrapServers()).run();
      new SpringInstances(system.connection().bootstrapServers()).run();
      sendWeightedEventsTwice(system.connection());
      Settings settings =
          Settings.of(
              Map.of(
                  "kafka.bootstrap.servers",
                  system.connection().bootstrapServers(),
                  "interactions.weights",
                  WEIGHTS));
      PairRecount.Outcome counted = exactCounts(settings);
      Users users = new Users(system.connection());
      Users.Found found = users.find(List.of(new UserId("weighted"), new UserId("user-001")));
      assertEquals(2 * KINDS.size(), found.events().get(new UserId("weighted")).interactions());
      assertTrue(found.events().get(new UserId("user-001")).interactions() > 0);
      users.erase(found);
      PairRecount.Outcome left = exactCounts(settings);
      assertTrue(left.events() < counted.events(), counted + ", then " + left);
      assertTrue(left.pairs() < counted.pairs(), counted + ", then " + left);
    }
  }

  private static PairRecount.Outcome exactCounts(Settings settings) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              PairRecount.Outcome outcome = PairRecount.compare(settings);
              assertTrue(outcome.isExact(), outcome.toString());
            });
    return PairRecount.compare(settings);
  }

  /** Kinds of all weights, each event with an id and a copy. */
  private static void sendWeightedEventsTwice(Connection connection) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            connection.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int copy = 0; copy < 2; copy++) {
        for (int i = 0; i < KINDS.size(); i++) {
          Interaction event =
              new Interaction(
                  new UserId("weighted"),
                  new ItemId("weighted-" + i),
                  KINDS.get(i),
                  1,
                  Instant.ofEpochMilli(1_700_000_000_000L + i),
                  Optional.of(new EventId("event-" + i)));
          producer
              .send(
                  new ProducerRecord<>(
                      connection.topics().interactions().name(),
                      event.user().value().getBytes(StandardCharsets.UTF_8),
                      Codecs.interaction().encode(event)))
              .get();
        }
      }
    }
  }

  private static JsonNode searchOverHttp(String page, String query) throws Exception {
    String body = "{\"query\": \"%s\", \"k\": 3, \"explain\": true}".formatted(query);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(page + "/search"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpClient http = HttpClient.newHttpClient();
    return new ObjectMapper()
        .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private StandaloneSystem start(WorkDirectory work) {
    int flinkPort = MetricsPages.freePort();
    ports.clear();
    ports.add(flinkPort);
    return StandaloneSystem.start(
        work,
        0,
        derived -> {
          Map<String, String> all = new HashMap<>(derived);
          all.putAll(demo.settings());
          all.putAll(SmallTraining.SETTINGS);
          all.put("index.filter.attributes", "genre,year");
          all.put("interactions.weights", WEIGHTS);
          all.put("ingest.flink.metrics.port", Integer.toString(flinkPort));
          return Settings.of(all);
        },
        TrainingProgress.NONE,
        (part, detail, took) -> ports.addAll(MetricsPages.portsIn(detail)));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
