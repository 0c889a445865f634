package io.sidestream.schemas.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSettingsTest {
  @Test
  void topics_registryWithAUserOrWithoutAHost_isRefused() {
    for (String url : List.of("https://me:secret@host", "http:/host", "http:", "ftp://host")) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> topics(Map.of("schema.registry.url", url)))
              .getMessage();
      assertFalse(message.contains("secret"), message);
    }
    Topics topics = topics(Map.of("schema.registry.url", "HTTP://host:8081/"));
    assertEquals("the schema registry at HTTP://host:8081", topics.schemas().source());
  }

  @Test
  void topics_nothingSet_areTheDefault() {
    assertEquals(Topics.DEFAULT, topics(Map.of()));
  }

  @Test
  void topics_everythingSet_followIt() {
    Topics topics =
        topics(
            Map.ofEntries(
                Map.entry("topics.prefix", "staging."),
                Map.entry("catalogue", "films"),
                Map.entry("topics.partitions", "6"),
                Map.entry("topics.partitions.search.requests", "12"),
                Map.entry("topics.replication.factor", "3"),
                Map.entry("topics.min.insync.replicas", "2"),
                Map.entry("topics.retention.events", "90d"),
                Map.entry("topics.retention.requests", "1h"),
                Map.entry("topics.retention.decisions", "2d")));

    assertEquals(new Namespace("staging.", "films"), topics.namespace());
    assertEquals(12, topics.searchRequests().partitions());
    assertEquals(6, topics.items().partitions());
    assertEquals(1, topics.generations().partitions());
    assertEquals(1, topics.rejectedOf(topics.items()).partitions());
    for (Topic topic : topics.all()) {
      assertEquals(3, topic.replicationFactor());
      assertEquals("2", topic.configs().get("min.insync.replicas"));
    }
    assertEquals("7776000000", topics.searches().configs().get("retention.ms"));
    assertEquals("3600000", topics.prompts().configs().get("retention.ms"));
    assertEquals("172800000", topics.trainingRequests().configs().get("retention.ms"));
    assertEquals("172800000", topics.rejectedOf(topics.items()).configs().get("retention.ms"));
  }

  @Test
  void schema_topicsByName_areAllThatHavePartitions() {
    List<String> several =
        topics(Map.of("topics.partitions", "2")).carrying().stream()
            .filter(topic -> topic.partitions() == 2)
            .map(Topic::name)
            .toList();

    assertEquals(TopicPolicy.PARTITIONED, several);
  }

  @Test
  void topics_moreInsyncReplicasThanReplicas_isRefused() {
    assertRefused(
        Map.of("topics.replication.factor", "2", "topics.min.insync.replicas", "3"),
        "in-sync replicas are 3, expected at most the replication factor, which is 2");
    assertRefused(
        Map.of("topics.replication.factor", "0"),
        "topic items has replication factor 0, expected 1 to 32767, or -1 for the brokers' default");
  }

  @Test
  void topics_nameThatKafkaRefuses_isRefused() {
    assertRefused(
        Map.of("catalogue", "my films"),
        "catalogue is \"my films\", expected 1 to 128 letters, digits, underscores and hyphens, the"
            + " first a letter or digit");
  }

  private static void assertRefused(Map<String, String> set, String message) {
    SettingsException refused = assertThrows(SettingsException.class, () -> topics(set));
    assertEquals(List.of(message), refused.mistakes());
  }

  private static Topics topics(Map<String, String> set) {
    return Settings.of(set).read(SharedSettings.SCHEMA, TopicSettings::topics);
  }
}
