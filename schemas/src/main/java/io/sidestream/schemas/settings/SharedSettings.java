package io.sidestream.schemas.settings;

import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.EventsInHour;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.RecentEvents;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Duration;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Settings that more than one process reads. */
public final class SharedSettings {
  /** Prefix of the settings that go to Kafka's clients as they are. */
  public static final String KAFKA = "kafka.";

  private static final String BROKER_TIMEOUT = "broker.timeout";

  /** Key of the {@link LogFormat}. */
  public static final String LOG_FORMAT = "log.format";

  /** Key of the {@link KindWeights}. */
  public static final String WEIGHTS = "interactions.weights";

  private static final String KEPT_IDS = "events.ids.kept";

  private static final String HOURLY = "events.user.hour";

  private static final String HOURLY_SEARCHES = "searches.user.hour";

  private static final String NEIGHBOURS = "ingest.neighbours";

  /** Key of the URL that spans are exported to. */
  public static final String TRACING_ENDPOINT = "tracing.otlp.endpoint";

  /** Key of the share of requests that begin a trace. */
  public static final String TRACING_RATIO = "tracing.sample.ratio";

  /** Key of the token of all admin ports. */
  public static final String ADMIN_TOKEN = "admin.token";

  /** What guards the admin ports of all processes. */
  public static final SettingsSchema ADMIN =
      new SettingsSchema()
          .secret(
              ADMIN_TOKEN, "what requests to admin ports must carry: Authorization: Bearer TOKEN");

  /** What counts of events depend on, beside their window. */
  public static final SettingsSchema COUNTING =
      new SettingsSchema()
          .list(
              WEIGHTS,
              "kind=weight, whole numbers: 0 leaves out, below 0 is a dislike; 1 for others, or *")
          .integer(
              KEPT_IDS,
              RecentEvents.DEFAULT_EVENTS,
              0,
              RecentEvents.MAX_EVENTS,
              "of a user's last events with an id, within which a copy counts once; 0 for none")
          .integer(
              HOURLY,
              0,
              0,
              EventsInHour.MAX_LIMIT,
              "interactions of a user that count, in an hour of their times; 0 for all")
          .integer(
              HOURLY_SEARCHES,
              0,
              0,
              EventsInHour.MAX_LIMIT,
              "searches of a user likewise, on each partition; 0 for all");

  public static final SettingsSchema SCHEMA =
      new SettingsSchema()
          .text("kafka.bootstrap.servers", "127.0.0.1:9092", "Kafka brokers to connect to first")
          .kafka(
              KAFKA,
              "every Kafka client's settings, under Kafka's own names",
              AdminClientConfig.configDef(),
              ConsumerConfig.configDef(),
              ProducerConfig.configDef())
          .duration(
              BROKER_TIMEOUT,
              "30s",
              "1s",
              "1h",
              "how long a command, and a process that starts, waits for a broker")
          .include(TopicSettings.SCHEMA, COUNTING, ADMIN)
          .text(
              "bundles.store",
              "work/generations",
              "bundles of all catalogues: a directory, or s3://bucket/prefix")
          .path("bundles.cache.dir", "work/bundles", "local copies of a bucket's bundles")
          .integer("bundles.cache.generations", 3, 2, 1_000, "local copies that are kept")
          .text(
              "bundles.trusted.keys",
              "",
              "Ed25519 public keys in PEM, one of which must have signed a bundle, if any")
          .text("bundles.s3.endpoint", "", "URL of an S3-compatible server; empty for AWS")
          .text("bundles.s3.region", "", "of the bucket; empty for that of the environment")
          .flag("bundles.s3.path.style", true, "bucket in the path of URLs, not in the host")
          .secret("bundles.s3.access.key", "without it, the credentials of the environment")
          .secret("bundles.s3.secret.key", "of the access key")
          .choice(
              LOG_FORMAT,
              LogFormat.class,
              LogFormat.FILE,
              "log: a file under --work, or stdout as text or as JSON")
          .text(
              TRACING_ENDPOINT,
              "",
              "where spans go: OTLP over HTTP, .../v1/traces; empty for nowhere")
          .real(TRACING_RATIO, 1, 0, 1, "share of requests without a trace that get one");

  public static final SettingsSchema WINDOW =
      new SettingsSchema()
          .integer(
              "ingest.window.items",
              WindowLimits.DEFAULT.items(),
              1,
              WindowLimits.MAX_ITEMS,
              "a user's newest different items that a new one pairs with")
          .duration(
              "ingest.window.age",
              WindowLimits.DEFAULT.age().toDays() + "d",
              "1s",
              "3650d",
              "longest time between two events of a pair")
          .integer(
              NEIGHBOURS,
              ItemNeighbours.DEFAULT_BEST,
              1,
              ItemNeighbours.MAX_BEST,
              "items that followed an item most, that are kept of it");

  private SharedSettings() {}

  /** How long a command, and a process that starts, waits for a broker. */
  public static Duration brokerTimeout(SettingValues values) {
    return values.duration(BROKER_TIMEOUT);
  }

  /** How events become counts: the counting job and the trainer must agree. */
  public static CountingRule counting(SettingValues values) {
    return new CountingRule(
        window(values),
        weights(values),
        keptIds(values),
        hourly(values),
        values.integer(HOURLY_SEARCHES));
  }

  /** How far back events pair. */
  public static WindowLimits window(SettingValues values) {
    return new WindowLimits(
        values.integer("ingest.window.items"), values.duration("ingest.window.age"));
  }

  /** How many events with an id are remembered: likewise must agree. */
  public static int keptIds(SettingValues values) {
    return values.integer(KEPT_IDS);
  }

  /** How many interactions of a user count in an hour: likewise must agree. */
  public static int hourly(SettingValues values) {
    return values.integer(HOURLY);
  }

  /** How much interactions count: the jobs, the trainer and the index must agree. */
  public static KindWeights weights(SettingValues values) {
    try {
      return KindWeights.parse(values.list(WEIGHTS));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(WEIGHTS + ": " + e.getMessage(), e);
    }
  }

  /** How many neighbours of an item are kept: the counting job and the trainer must agree. */
  public static int neighbours(SettingValues values) {
    return values.integer(NEIGHBOURS);
  }
}
