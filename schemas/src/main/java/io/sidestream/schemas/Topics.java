package io.sidestream.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All topics of the system. */
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
  static final Duration CORPUS_REPEATABLE = Duration.ofDays(7);

  /** Most bytes of a record that comes from outside: Kafka's own limit, whatever the brokers'. */
  public static final int MAX_RECORD_BYTES = 1_048_588;

  /**
   * Most bytes of a record that is derived from another one: a rejected record has the original and
   * the reasons, a prompt a request and a history, a reply a correlation id and items. So none of
   * them can be too large where its source was not.
   */
  public static final int MAX_DERIVED_BYTES = 2 * MAX_RECORD_BYTES;

  private static final String MAX_BYTES = "max.message.bytes";
  private static final String RETENTION = "retention.ms";
  private static final String TOMBSTONES = "delete.retention.ms";
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
          derived("prompts", "request's key", "Prompt", PARTITIONS, REQUESTS_KEPT),
          derived("search-results", "request's key", "Reply", PARTITIONS, REQUESTS_KEPT),
          derived("recommendation-results", "request's key", "Reply", PARTITIONS, REQUESTS_KEPT));

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

  /** The topic for rejected records of this topic; the reason is in their headers. */
  public Topic rejectedOf(Topic topic) {
    return derived(topic.rejectedName(), "original key", "original bytes", 1, DECISIONS_KEPT);
  }

  /** Unlimited retention: every generation is trained on all events. */
  private static Topic corpus(String name, String key, String value) {
    return topic(name, key, value, Cleanup.DELETE, PARTITIONS, Map.of(RETENTION, "-1"));
  }

  private static Topic corpusCompacted(String name, String key, String value) {
    String kept = millis(CORPUS_REPEATABLE);
    Map<String, String> configs = Map.of("min.compaction.lag.ms", kept, TOMBSTONES, kept);
    return topic(name, key, value, Cleanup.COMPACT, PARTITIONS, configs);
  }

  private static Topic compacted(String name, String key, String value, int partitions) {
    Map<String, String> configs = Map.of(TOMBSTONES, millis(CORPUS_REPEATABLE));
    return topic(name, key, value, Cleanup.COMPACT, partitions, configs);
  }

  private static Topic requests(String name, String key, String value) {
    return deleted(name, key, value, PARTITIONS, REQUESTS_KEPT);
  }

  private static Topic derived(
      String name, String key, String value, int partitions, Duration kept) {
    String bytes = Integer.toString(MAX_DERIVED_BYTES);
    Map<String, String> configs = Map.of(RETENTION, millis(kept), MAX_BYTES, bytes);
    return topic(name, key, value, Cleanup.DELETE, partitions, configs);
  }

  private static Topic deleted(
      String name, String key, String value, int partitions, Duration kept) {
    Map<String, String> configs = Map.of(RETENTION, millis(kept));
    return topic(name, key, value, Cleanup.DELETE, partitions, configs);
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
