package io.sidestream.schemas.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TopicAlterationTest {
  private static EmbeddedBroker broker;
  private static Admin admin;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    broker = EmbeddedBroker.start(folder, 0);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() throws Exception {
    admin.close();
    broker.close();
  }

  @Test
  void differences_asCreated_areNone() throws Exception {
    Topics topics = topics("same", policy(2, Optional.empty(), 1));
    TopicCreator.create(admin, topics);

    assertEquals(List.of(), TopicComparison.differences(admin, topics.all()));
  }

  @Test
  void alter_retentionAndPartitions_changesWhatIsSafeAndNothingElse() throws Exception {
    TopicCreator.create(admin, topics("more", policy(1, Optional.empty(), 1)));
    Topics wanted = topics("more", policy(3, Optional.of(Duration.ofDays(90)), 1));

    List<TopicDifference> before = TopicComparison.differences(admin, wanted.all());
    List<TopicDifference> altered = TopicAlteration.alter(admin, before);
    List<TopicDifference> after = differences(wanted, before.size() - altered.size());

    assertTrue(
        altered.contains(
            new TopicDifference("more.searches", "retention.ms", "-1", "7776000000", "")));
    assertEquals(
        List.of(
            "more.search-requests",
            "more.recommendation-requests",
            "more.prompts",
            "more.search-results",
            "more.recommendation-results"),
        altered.stream()
            .filter(one -> one.property().equals(TopicDifference.PARTITIONS))
            .map(TopicDifference::topic)
            .toList());
    assertEquals(
        List.of(
            "more.items",
            "more.interactions",
            "more.searches",
            "more.pair-counts",
            "more.item-neighbours",
            "more.clicked-items",
            "more.coded-items"),
        after.stream().map(TopicDifference::topic).toList());
    for (TopicDifference left : after) {
      assertEquals(TopicDifference.PARTITIONS, left.property());
      assertEquals(
          "records of one key would move to another partition and lose their order",
          left.obstacle());
    }
  }

  @Test
  void differences_fewerPartitionsOrOtherReplicas_cannotBeAltered() throws Exception {
    TopicCreator.create(admin, topics("fewer", policy(2, Optional.empty(), 1)));
    Topic results = topics("fewer", policy(1, Optional.empty(), 3)).searchResults();

    List<TopicDifference> found = TopicComparison.differences(admin, List.of(results));

    assertEquals(
        List.of(
            "fewer.search-results: partitions is 2, expected 1",
            "fewer.search-results: replication.factor is 1, expected 3"),
        found.stream().map(TopicDifference::toString).toList());
    assertEquals("Kafka cannot remove partitions", found.get(0).obstacle());
    assertTrue(found.get(1).obstacle().contains("kafka-reassign-partitions"));
    assertEquals(List.of(), TopicAlteration.alter(admin, found));
  }

  @Test
  void alter_topicOfAnotherHand_getsItsCleanup() throws Exception {
    Topics topics = topics("hand", policy(1, Optional.empty(), 1));
    admin.createTopics(List.of(new NewTopic(topics.items().name(), 1, (short) 1))).all().get();
    assertEquals(List.of("hand.items"), TopicCreator.create(admin, topics).existing());

    List<TopicDifference> found = TopicComparison.differences(admin, topics.all());
    TopicAlteration.alter(admin, found);

    assertTrue(
        found.contains(
            new TopicDifference("hand.items", "cleanup.policy", "delete", "compact", "")));
    assertEquals(List.of(), differences(topics, 0));
  }

  /** Once the broker has applied what the controller has accepted, and this number is left. */
  private static List<TopicDifference> differences(Topics topics, int left) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> TopicComparison.differences(admin, topics.all()), all -> all.size() == left);
  }

  private static Topics topics(String catalogue, TopicPolicy policy) {
    return Topics.of(new Namespace("", catalogue), policy);
  }

  private static TopicPolicy policy(int partitions, Optional<Duration> events, int replicas) {
    return new TopicPolicy(
        partitions,
        Map.of(),
        replicas,
        TopicPolicy.BROKERS,
        events,
        Duration.ofDays(1),
        Duration.ofDays(30));
  }
}
