package io.sidestream.schemas.settings;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.registry.SchemaRegistry;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** Settings that name and shape the topics: every process must be given the same. */
public final class TopicSettings {
  private static final String PARTITIONS = "topics.partitions";
  private static final int AS_OTHERS = 0;
  private static final String REGISTRY = "schema.registry.url";

  public static final SettingsSchema SCHEMA = schema();

  private TopicSettings() {}

  private static SettingsSchema schema() {
    SettingsSchema schema =
        new SettingsSchema()
            .text(
                "catalogue",
                Namespace.DEFAULT_CATALOGUE,
                "a part of every name, which default is not: catalogues of one cluster share nothing")
            .text("topics.prefix", "", "what every name begins with, for example staging.")
            .integer(
                PARTITIONS,
                TopicPolicy.DEFAULT.partitions(),
                1,
                Topic.MAX_PARTITIONS,
                "of each topic whose records need no total order");
    for (String topic : TopicPolicy.PARTITIONED) {
      schema.integer(
          key(topic),
          AS_OTHERS,
          AS_OTHERS,
          Topic.MAX_PARTITIONS,
          "of this topic; 0 for " + PARTITIONS);
    }
    return schema
        .integer(
            "topics.replication.factor",
            Topic.BROKER_DEFAULT,
            Topic.BROKER_DEFAULT,
            Short.MAX_VALUE,
            "of every topic; -1 for the brokers' default")
        .integer(
            "topics.min.insync.replicas",
            TopicPolicy.BROKERS,
            TopicPolicy.BROKERS,
            Short.MAX_VALUE,
            "of every topic; 0 for the brokers' default")
        .duration(
            "topics.retention.events",
            "7d",
            "36500d",
            "of interactions and searches; for ever if not set")
        .duration(
            "topics.retention.requests", "1d", "1m", "3650d", "of requests, prompts and replies")
        .duration(
            "topics.retention.decisions",
            "30d",
            "1h",
            "3650d",
            "of training requests and rejected records")
        .text(
            REGISTRY,
            "",
            "URL of a Confluent-compatible registry, for values that name their schema by an id")
        .secret("schema.registry.user", "for basic authentication at the registry")
        .secret("schema.registry.password", "of that user");
  }

  /** Names of topics have hyphens, which names of environment variables have not. */
  private static String key(String topic) {
    return PARTITIONS + "." + topic.replace('-', '.');
  }

  /** The namespace of the catalogue that the settings choose. */
  public static Namespace namespace(SettingValues values) {
    return new Namespace(values.text("topics.prefix"), values.text("catalogue"));
  }

  /** The topics that the settings describe. */
  public static Topics topics(SettingValues values) {
    Map<String, Integer> partitions = new TreeMap<>();
    for (String topic : TopicPolicy.PARTITIONED) {
      int set = values.integer(key(topic));
      if (set != AS_OTHERS) {
        partitions.put(topic, set);
      }
    }
    Topics topics =
        Topics.of(
            namespace(values),
            new TopicPolicy(
                values.integer(PARTITIONS),
                partitions,
                values.integer("topics.replication.factor"),
                values.integer("topics.min.insync.replicas"),
                values.optionalDuration("topics.retention.events"),
                values.duration("topics.retention.requests"),
                values.duration("topics.retention.decisions")));
    String registry = values.text(REGISTRY);
    return registry.isEmpty() ? topics : topics.with(registry(registry, values));
  }

  private static SchemaRegistry registry(String url, SettingValues values) {
    check(
        url.indexOf('@') < 0,
        "%s holds an @, expected a URL without a user, which is schema.registry.user",
        REGISTRY);
    URI address = URI.create(url);
    check(
        ("http".equalsIgnoreCase(address.getScheme())
                || "https".equalsIgnoreCase(address.getScheme()))
            && address.getHost() != null,
        "%s is %s, expected a URL of http or https with a host",
        REGISTRY,
        url);
    return SchemaRegistry.of(
        address, values.secret("schema.registry.user"), values.secret("schema.registry.password"));
  }
}
