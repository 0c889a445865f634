package io.sidestream.index;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.admin.AdminConfig;
import io.sidestream.admin.tracing.TracingConfig;
import io.sidestream.index.answering.AnsweringLimits;
import io.sidestream.index.requests.HistoryRule;
import io.sidestream.index.testing.TestingSettings;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.ListSettings;
import io.sidestream.model.ranking.QueryReading;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.schemas.pairs.WindowLimits;
import io.sidestream.schemas.settings.SettingValues;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsSchema;
import io.sidestream.schemas.settings.SharedSettings;
import io.sidestream.schemas.settings.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Configuration of the index process.
 *
 * @param kafka settings for every Kafka client, {@code bootstrap.servers} among them
 * @param store where bundles are fetched from
 * @param directory where the index keeps its own state
 * @param applicationId names the consumer groups and internal topics, qualified; processes that
 *     share it share the requests
 * @param limits how many requests are answered at once, and which are not
 * @param batch most requests per poll
 * @param onnxThreads threads within one model run
 * @param standbys copies of the histories that other processes of the ID keep
 * @param histories how interactions become the histories of users
 * @param trendingWindow of the interactions that make items trend; zero for none
 * @param testing what tests the open generations
 * @param cachedNeighbours most items whose neighbours are kept in memory
 * @param queryReading how the words of queries are read
 * @param cachedQueries most queries of a generation whose vectors are kept in memory
 * @param maxItems most items of a catalogue
 * @param lists how catalogues of many items are looked through
 * @param refreshInterval shortest time between two catalogues with new items
 * @param swapTimeout longest wait before a new generation serves for items that it does not have
 * @param replyTopics topics beside the result topics that requests may name for their reply
 * @param filterAttributes attributes of items that requests may filter and boost by
 * @param brokerTimeout how long a start waits for a broker
 */
public record IndexConfig(
    Map<String, Object> kafka,
    BundleStoreConfig store,
    Path directory,
    String applicationId,
    AdminConfig admin,
    TracingConfig tracing,
    AnsweringLimits limits,
    int batch,
    Device device,
    int onnxThreads,
    int streamThreads,
    int standbys,
    HistoryRule histories,
    Duration trendingWindow,
    TestingSettings testing,
    int cachedNeighbours,
    QueryReading queryReading,
    int cachedQueries,
    int maxItems,
    ListSettings lists,
    Duration refreshInterval,
    Duration swapTimeout,
    Set<String> replyTopics,
    Set<String> filterAttributes,
    RequestHeaders headers,
    Topics topics,
    Duration brokerTimeout) {
  private static final RequestHeaders DEFAULT_HEADERS = RequestHeaders.DEFAULT;
  private static final int MAX_THREADS = 64;
  private static final int MAX_STANDBYS = 16;
  private static final int MAX_CACHED_NEIGHBOURS = 1_000_000;
  private static final int MAX_CACHED_QUERIES = 1_000_000;
  private static final int MAX_ITEMS = 10_000_000;
  private static final String TRENDING_WINDOW = "index.trending.window";
  private static final Duration LEAST_TRENDING_WINDOW = Duration.ofSeconds(1);
  private static final String OWN_KAFKA = "index.kafka.";

  /** Histories are bounded by number alone. */
  private static final Duration ANY_AGE = Duration.ofDays(36_500);

  public static final SettingsSchema SCHEMA =
      new SettingsSchema("index")
          .include(SharedSettings.SCHEMA)
          .kafka(
              OWN_KAFKA,
              "the same for this process alone, with those of Kafka Streams",
              StreamsConfig.configDef(),
              AdminClientConfig.configDef(),
              ConsumerConfig.configDef(),
              ProducerConfig.configDef())
          .include(clientsOfStreams())
          .path("index.dir", "work/index", "RocksDB and the state of Kafka Streams")
          .text("index.application.id", "sidestream-index", "processes of one ID share requests")
          .include(AdminConfig.schema("index", AdminConfig.INDEX_PORT))
          .integer("index.workers", 0, 0, MAX_THREADS, "requests at once; 0 for one per processor")
          .integer("index.batch.size", 32, 1, 1_000, "most requests per poll")
          .duration(
              "index.queue.wait",
              "2s",
              "1ms",
              "1h",
              "longest wait for a worker; a request that would wait longer is answered OVERLOADED")
          .duration(
              "index.request.max.age",
              "1m",
              "1s",
              "3650d",
              "older requests without a deadline are dropped: their clients do not wait any more")
          .choice("index.device", Device.class, Device.CPU, "of ONNX Runtime")
          .integer("index.onnx.threads", 1, 1, OnnxSessions.MAX_THREADS, "within one model run")
          .integer("index.stream.threads", 1, 1, MAX_THREADS, "threads of Kafka Streams")
          .integer(
              "index.standby.replicas",
              1,
              0,
              MAX_STANDBYS,
              "further copies of the histories, where other processes of the ID can keep them")
          .integer(
              "index.history.items",
              WindowLimits.MAX_ITEMS,
              1,
              WindowLimits.MAX_ITEMS,
              "a user's newest different items that are kept")
          .duration(
              TRENDING_WINDOW,
              "0s",
              "0s",
              "30d",
              "interactions that make items trend, read at each start; 0s for none")
          .real(
              "index.tests.users",
              0.1,
              0,
              1,
              "share of users whose events test the open generations, by hash; 0 for none")
          .integer(
              "index.tests.per.second",
              2,
              1,
              TestingSettings.MAX_PER_SECOND,
              "most of these tests, and as many requests that a candidate answers as well")
          .integer(
              "index.neighbours.cache.items",
              5_000,
              0,
              MAX_CACHED_NEIGHBOURS,
              "items whose neighbours are kept in memory")
          .choice(
              "index.queries.read",
              QueryReading.class,
              QueryReading.AS_MEANT,
              "words that no text has: as typed, or as the known ones one typing error away")
          .integer(
              "index.queries.cache.items",
              10_000,
              0,
              MAX_CACHED_QUERIES,
              "queries of a generation whose vectors are kept in memory")
          .integer(
              "index.items.max",
              1_000_000,
              1,
              MAX_ITEMS,
              "items of a catalogue; more are left out and counted")
          .integer(
              "index.lists.beyond.items",
              100_000,
              0,
              MAX_ITEMS,
              "items up to which each request scans all vectors; beyond, lists of the codes")
          .real("index.lists.share", 0.3, 0.001, 1, "of those lists that a request looks through")
          .duration("index.refresh.interval", "50ms", "1ms", "1m", "until new items can be found")
          .duration(
              "index.swap.timeout",
              "10s",
              "0s",
              "10m",
              "longest wait until a new generation has all items of the old")
          .list("index.reply.topics", "allowed reply topics beside the result topics")
          .list(
              "index.filter.attributes",
              "attributes of items that requests may filter and boost by; kept in memory")
          .text("index.header.correlation.id", DEFAULT_HEADERS.correlationId(), "of a request")
          .text("index.header.reply.topic", DEFAULT_HEADERS.replyTopic(), "of a request")
          .text("index.header.reply.partition", DEFAULT_HEADERS.replyPartition(), "of a request")
          .text("index.header.traceparent", DEFAULT_HEADERS.traceparent(), "W3C trace context")
          .text("index.header.status", DEFAULT_HEADERS.status(), "of a reply")
          .text("index.header.generation", DEFAULT_HEADERS.generation(), "of a reply")
          .text("index.header.error", DEFAULT_HEADERS.error(), "of a reply")
          .text(
              "index.header.reply.format",
              DEFAULT_HEADERS.replyFormat(),
              "of a request: json or avro; absent gives the format of the request")
          .text("index.header.arm", DEFAULT_HEADERS.arm(), "of a reply");

  public IndexConfig {
    check(batch > 0, "batches of %d: expected 1 or more", batch);
    kafka = Map.copyOf(kafka);
    replyTopics = Set.copyOf(replyTopics);
    filterAttributes = Set.copyOf(filterAttributes);
  }

  /**
   * The configuration that the settings give.
   *
   * @throws io.sidestream.schemas.settings.SettingsException with every mistake
   */
  public static IndexConfig from(Settings settings) {
    return settings.read(SCHEMA, IndexConfig::of);
  }

  public static IndexConfig of(SettingValues values) {
    Topics topics = TopicSettings.topics(values);
    return new IndexConfig(
        values.kafka(SharedSettings.KAFKA, OWN_KAFKA),
        BundleStoreConfig.of(values),
        topics.namespace().directory(values.path("index.dir")),
        topics.namespace().applicationId(values.text("index.application.id")),
        AdminConfig.of(values, "index"),
        TracingConfig.of(values),
        new AnsweringLimits(
            workers(values.integer("index.workers")),
            values.duration("index.queue.wait"),
            values.duration("index.request.max.age")),
        values.integer("index.batch.size"),
        values.choice("index.device", Device.class),
        values.integer("index.onnx.threads"),
        values.integer("index.stream.threads"),
        values.integer("index.standby.replicas"),
        new HistoryRule(
            new WindowLimits(values.integer("index.history.items"), ANY_AGE),
            SharedSettings.weights(values),
            SharedSettings.keptIds(values),
            SharedSettings.hourly(values)),
        trendingWindow(values.duration(TRENDING_WINDOW)),
        new TestingSettings(
            values.real("index.tests.users"), values.integer("index.tests.per.second")),
        values.integer("index.neighbours.cache.items"),
        values.choice("index.queries.read", QueryReading.class),
        values.integer("index.queries.cache.items"),
        values.integer("index.items.max"),
        new ListSettings(
            values.integer("index.lists.beyond.items"),
            values.real("index.lists.share"),
            ListSettings.MEASURED),
        values.duration("index.refresh.interval"),
        values.duration("index.swap.timeout"),
        Set.copyOf(values.list("index.reply.topics")),
        Set.copyOf(values.list("index.filter.attributes")),
        headers(values),
        topics,
        SharedSettings.brokerTimeout(values));
  }

  private static SettingsSchema clientsOfStreams() {
    SettingsSchema clients =
        new SettingsSchema()
            .kafka(OWN_KAFKA + StreamsConfig.PRODUCER_PREFIX, "", ProducerConfig.configDef())
            .kafka(
                OWN_KAFKA + StreamsConfig.ADMIN_CLIENT_PREFIX, "", AdminClientConfig.configDef());
    for (String prefix :
        List.of(
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX)) {
      clients.kafka(OWN_KAFKA + prefix, "", ConsumerConfig.configDef());
    }
    return clients;
  }

  private static Duration trendingWindow(Duration window) {
    check(
        window.isZero() || window.compareTo(LEAST_TRENDING_WINDOW) >= 0,
        "%s is %s, expected 0s or 1s and more",
        TRENDING_WINDOW,
        window);
    return window;
  }

  private static int workers(int set) {
    return set > 0 ? set : Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
  }

  private static RequestHeaders headers(SettingValues values) {
    return new RequestHeaders(
        values.text("index.header.correlation.id"),
        values.text("index.header.reply.topic"),
        values.text("index.header.reply.partition"),
        values.text("index.header.traceparent"),
        values.text("index.header.status"),
        values.text("index.header.generation"),
        values.text("index.header.error"),
        values.text("index.header.reply.format"),
        values.text("index.header.arm"));
  }
}
