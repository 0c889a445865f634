package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How topics are created, where that is the operator's choice.
 *
 * @param partitions of each topic whose records need no total order
 * @param partitionsByTopic those of some topics, by plain name, in place of {@code partitions}
 * @param replicationFactor of every topic; {@value Topic#BROKER_DEFAULT} for the brokers' default
 * @param minInsyncReplicas of every topic; {@value #BROKERS} for the brokers' default
 * @param events how long interactions and searches are kept; empty for ever
 * @param requests how long requests, prompts, replies and tests of generations are kept
 * @param decisions how long training requests and rejected records are kept
 */
public record TopicPolicy(
    int partitions,
    Map<String, Integer> partitionsByTopic,
    int replicationFactor,
    int minInsyncReplicas,
    Optional<Duration> events,
    Duration requests,
    Duration decisions) {
  /** Topics whose partitions can be chosen; the others have one. */
  public static final List<String> PARTITIONED =
      List.of(
          "items",
          "interactions",
          "searches",
          "pair-counts",
          "item-neighbours",
          "clicked-items",
          "coded-items",
          "search-requests",
          "recommendation-requests",
          "prompts",
          "search-results",
          "recommendation-results");

  /** The number of in-sync replicas that leaves it to the brokers. */
  public static final int BROKERS = 0;

  public static final TopicPolicy DEFAULT =
      new TopicPolicy(
          4,
          Map.of(),
          Topic.BROKER_DEFAULT,
          BROKERS,
          Optional.empty(),
          Duration.ofDays(1),
          Duration.ofDays(30));

  public TopicPolicy {
    check(minInsyncReplicas >= 0, "in-sync replicas are %d, expected 0 or more", minInsyncReplicas);
    check(
        replicationFactor == Topic.BROKER_DEFAULT || minInsyncReplicas <= replicationFactor,
        "in-sync replicas are %d, expected at most the replication factor, which is %d",
        minInsyncReplicas,
        replicationFactor);
    partitionsByTopic = Map.copyOf(partitionsByTopic);
    partitionsByTopic
        .keySet()
        .forEach(name -> check(PARTITIONED.contains(name), "topic %s has one partition", name));
  }

  int partitionsOf(String plainName) {
    return partitionsByTopic.getOrDefault(plainName, partitions);
  }
}
