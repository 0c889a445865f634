package io.sidestream.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every topic of the system, on one page. */
public record Topics(
    Topic items,
    Topic interactions,
    Topic searches,
    Topic pairCounts,
    Topic trainingRequests,
    Topic generations,
    Topic codedItems,
    Topic searchRequests,
    Topic recommendationRequests,
    Topic prompts,
    Topic searchResults,
    Topic recommendationResults) {

  /** Partitions of a topic whose records need no order across keys. */
  public static final int PARTITIONS = 4;

  /**
   * A corpus can be read again exactly for this long after it was bounded: compaction leaves
   * younger records alone, and tombstones stay as long.
   */
  public static final Duration CORPUS_REPEATABLE = Duration.ofDays(7);

  /** Most bytes of a record that comes from outside: Kafka's own limit, whatever the brokers'. */
  public static final int MAX_RECORD_BYTES = 1_048_588;

  /**
   * Most bytes of a record that passes another one on: a rejected record has the original and the
   * reasons, a prompt a request and a history, a reply a correlation id and items. So none of them
   * can be too large where the one before was not.
   */
  public static final int MAX_PASSED_ON_BYTES = 2 * MAX_RECORD_BYTES;

  private static final String MAX_BYTES = "max.message.bytes";
  private static final Duration REQUESTS_KEPT = Duration.ofDays(1);
  private static final Duration DECISIONS_KEPT = Duration.ofDays(30);

  /** The topics under their usual names. */
  public static final Topics DEFAULT =
      new Topics(
          corpusCompacted("items", "item id", "Item"),
          corpus("interactions", "user id", "Interaction"),
          corpus("searches", "user id, or normalized query", "Search"),
          corpusCompacted("pair-counts", "pair, parts separated by tabs", "PairCount"),
          deleted("training-requests", "catalogue", "TrainingRequest", 1, DECISIONS_KEPT),
          compacted("generations", "generation number", "GenerationAnnouncement", 1),
          compacted("coded-items", "generation/item id", "CodedItem", PARTITIONS),
          requests("search-requests", "caller's", "SearchRequest"),
          requests("recommendation-requests", "caller's", "RecommendationRequest"),
          passedOn("prompts", "request's key", "Prompt", PARTITIONS, REQUESTS_KEPT),
          passedOn("search-results", "request's key", "Reply", PARTITIONS, REQUESTS_KEPT),
          passedOn("recommendation-results", "request's key", "Reply", PARTITIONS, REQUESTS_KEPT));

  /** The topics, and after each the one for its rejected records. */
  public List<Topic> all() {
    List<Topic> all = new ArrayList<>();
    for (Topic topic : carrying()) {
      all.add(topic);
      all.add(rejectedOf(topic));
    }
    return List.copyOf(all);
  }

  /** The topics without those for rejected records. */
  public List<Topic> carrying() {
    return List.of(
        items,
        interactions,
        searches,
        pairCounts,
        trainingRequests,
        generations,
        codedItems,
        searchRequests,
        recommendationRequests,
        prompts,
        searchResults,
        recommendationResults);
  }

  /** Where records of this topic go that no one can take, with the reason in their headers. */
  public Topic rejectedOf(Topic topic) {
    return passedOn(topic.rejectedName(), "original key", "original bytes", 1, DECISIONS_KEPT);
  }

  /** Kept until someone shortens it: what people did is what every generation learns from. */
  private static Topic corpus(String name, String key, String value) {
    return topic(name, key, value, Cleanup.DELETE, PARTITIONS, Map.of("retention.ms", "-1"));
  }

  private static Topic corpusCompacted(String name, String key, String value) {
    return topic(
        name,
        key,
        value,
        Cleanup.COMPACT,
        PARTITIONS,
        Map.of(
            "min.compaction.lag.ms", millis(CORPUS_REPEATABLE),
            "delete.retention.ms", millis(CORPUS_REPEATABLE)));
  }

  private static Topic compacted(String name, String key, String value, int partitions) {
    return topic(
        name,
        key,
        value,
        Cleanup.COMPACT,
        partitions,
        Map.of("delete.retention.ms", millis(CORPUS_REPEATABLE)));
  }

  private static Topic requests(String name, String key, String value) {
    return deleted(name, key, value, PARTITIONS, REQUESTS_KEPT);
  }

  private static Topic passedOn(
      String name, String key, String value, int partitions, Duration kept) {
    return topic(
        name,
        key,
        value,
        Cleanup.DELETE,
        partitions,
        Map.of("retention.ms", millis(kept), MAX_BYTES, Integer.toString(MAX_PASSED_ON_BYTES)));
  }

  private static Topic deleted(
      String name, String key, String value, int partitions, Duration kept) {
    return topic(
        name, key, value, Cleanup.DELETE, partitions, Map.of("retention.ms", millis(kept)));
  }

  /** Broker time stamps: an event of 1996 must not be dropped because it is old. */
  private static Topic topic(
      String name,
      String key,
      String value,
      Cleanup cleanup,
      int partitions,
      Map<String, String> configs) {
    Map<String, String> all = new HashMap<>(configs);
    all.putIfAbsent(MAX_BYTES, Integer.toString(MAX_RECORD_BYTES));
    all.put("message.timestamp.type", "LogAppendTime");
    return new Topic(name, key, value, cleanup, partitions, all);
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
