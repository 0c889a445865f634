package io.sidestream.gateway;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.GenerationLog;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A gateway over a real broker, with three titles, two generations, and an index that answers. */
final class RunningGateway implements AutoCloseable {
  static final Topics TOPICS = Topics.DEFAULT;

  /** A title that would be markup, were it not escaped. */
  static final String MARKUP = "<img src=x onerror=\"document.title='taken'\"> & <b>Bold</b>";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedBroker broker;
  private final AnsweringIndex index;
  private final HttpClient http = HttpClient.newHttpClient();
  private GatewayApplication gateway;

  private RunningGateway(Path folder, Map<String, String> settings) throws Exception {
    broker = EmbeddedBroker.start(folder, 0);
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(kafka);
        Producer<byte[], byte[]> producer =
            new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      TopicCreator.create(admin, TOPICS);
      for (String title : new String[] {MARKUP, "Inception", "Heat"}) {
        String id = "m" + (title.equals(MARKUP) ? 0 : title.equals("Inception") ? 1 : 2);
        byte[] item = Codecs.item().encode(new Item(new ItemId(id), title, Map.of(), Map.of()));
        producer.send(
            new ProducerRecord<>(TOPICS.items().name(), id.getBytes(StandardCharsets.UTF_8), item));
      }
      GenerationLog.announce(producer, TOPICS.generations(), live(6, 0.9, Map.of()));
      GenerationLog.announce(
          producer,
          TOPICS.generations(),
          live(7, 0.8, Map.of("codebook.kept_codes.1", 0.9, "codebook.kept_codes.2", 0.5)));
    }
    index = new AnsweringIndex(broker.bootstrapServers(), TOPICS);
    gateway = open(settings);
  }

  static RunningGateway start(Path folder, Map<String, String> settings) throws Exception {
    return new RunningGateway(folder, settings);
  }

  /** One more gateway over the same broker. */
  GatewayApplication open(Map<String, String> settings) throws Exception {
    Map<String, String> all = new HashMap<>(settings);
    all.put("kafka.bootstrap.servers", broker.bootstrapServers());
    all.putIfAbsent("gateway.port", "0");
    all.putIfAbsent("gateway.admin.port", "0");
    GatewayApplication opened = GatewayApplication.start(GatewayConfig.from(Settings.of(all)));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!opened.isReady() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    return opened;
  }

  private static GenerationAnnouncement live(
      long number, double codesInUse, Map<String, Double> kept) {
    Map<String, Double> metrics = new HashMap<>(kept);
    metrics.put("search.recall@30", 0.6);
    metrics.put("search.popularity@30", 0.1);
    metrics.put("recommendation.recall@30", 0.3);
    metrics.put("codebook.relative_perplexity.1", codesInUse);
    metrics.put("codebook.relative_perplexity.2", codesInUse / 2);
    metrics.put("codebook.collision_rate", 0.02);
    return new GenerationAnnouncement(
        new Generation(number),
        GenerationState.LIVE,
        "passed: both tasks hold",
        "0".repeat(64),
        Optional.empty(),
        new CorpusOffsets(Map.of()),
        metrics,
        Instant.parse("2026-01-01T00:00:00Z"));
  }

  GatewayApplication gateway() {
    return gateway;
  }

  String address() {
    return gateway.address();
  }

  HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, null);
  }

  HttpResponse<String> post(String path, String json) throws Exception {
    return send("POST", path, json);
  }

  HttpResponse<String> send(String method, String path, String json, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path));
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    request.method(
        method,
        json == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(json));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    index.close();
    broker.close();
  }
}
