package io.sidestream.schemas.settings;

import io.sidestream.schemas.pairs.WindowLimits;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Settings that more than one process reads. */
public final class SharedSettings {
  /** Prefix of the settings that go to Kafka's clients as they are. */
  public static final String KAFKA = "kafka.";

  /** Key of the {@link LogFormat}. */
  public static final String LOG_FORMAT = "log.format";

  /** Key of the URL that spans are exported to. */
  public static final String TRACING_ENDPOINT = "tracing.otlp.endpoint";

  /** Key of the share of requests that begin a trace. */
  public static final String TRACING_RATIO = "tracing.sample.ratio";

  public static final SettingsSchema SCHEMA =
      new SettingsSchema()
          .text("kafka.bootstrap.servers", "127.0.0.1:9092", "Kafka brokers to connect to first")
          .kafka(
              KAFKA,
              "every Kafka client's settings, under Kafka's own names",
              AdminClientConfig.configDef(),
              ConsumerConfig.configDef(),
              ProducerConfig.configDef())
          .text("catalogue", "default", "catalogue that trainings are requested and run for")
          .path(
              "generations.dir", "work/generations", "bundles: the trainer writes, the index reads")
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
              "longest time between two events of a pair");

  private SharedSettings() {}

  /** How far back events pair: the counting job and the trainer must agree. */
  public static WindowLimits window(SettingValues values) {
    return new WindowLimits(
        values.integer("ingest.window.items"), values.duration("ingest.window.age"));
  }
}
