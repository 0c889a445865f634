package io.sidestream.schemas;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The kinds of topics: each with its cleanup, retention and largest record. */
record TopicKinds(Namespace namespace, TopicPolicy policy) {
  /**
   * A corpus can be read again exactly for this long after it was bounded: compaction leaves
   * younger records alone, and tombstones stay as long.
   */
  static final Duration CORPUS_REPEATABLE = Duration.ofDays(7);

  /**
   * An index that starts with nothing has a generation's items from its bundle, and what became of
   * them since from the topic: without the removals they would be back. Hosted brokers may refuse
   * more: those of Confluent Cloud, a topic with over 701 days.
   */
  static final Duration REMOVALS_KEPT = Duration.ofDays(700);

  private static final int ONE = 1;
  private static final String MAX_BYTES = "max.message.bytes";
  private static final String RETENTION = "retention.ms";
  private static final String FOR_EVER = "-1";
  private static final String TOMBSTONES = "delete.retention.ms";
  private static final String IN_SYNC = "min.insync.replicas";

  /** Every generation is trained on all events that are kept. */
  Topic corpus(String name, String key, String value) {
    Map<String, String> configs =
        Map.of(RETENTION, policy.events().map(TopicKinds::millis).orElse(FOR_EVER));
    return byKey(name, key, value, Cleanup.DELETE, configs);
  }

  Topic compactedCorpus(String name, String key, String value) {
    String kept = millis(CORPUS_REPEATABLE);
    Map<String, String> configs = Map.of("min.compaction.lag.ms", kept, TOMBSTONES, kept);
    return byKey(name, key, value, Cleanup.COMPACT, configs);
  }

  /** What stores are made of: a removal is not forgotten while a generation may serve. */
  Topic compacted(String name, String key, String value) {
    return byKey(name, key, value, Cleanup.COMPACT, tombstones(REMOVALS_KEPT));
  }

  Topic generations(String name, String key, String value) {
    String qualified = namespace.qualify(name);
    return topic(
        qualified,
        key,
        value,
        Cleanup.COMPACT,
        RecordOrder.TOTAL,
        ONE,
        tombstones(CORPUS_REPEATABLE));
  }

  Topic trainingRequests(String name, String key, String value) {
    String qualified = namespace.qualify(name);
    Map<String, String> configs = Map.of(RETENTION, millis(policy.decisions()));
    return topic(qualified, key, value, Cleanup.DELETE, RecordOrder.TOTAL, ONE, configs);
  }

  Topic requests(String name, String key, String value) {
    Map<String, String> configs = Map.of(RETENTION, millis(policy.requests()));
    return unordered(name, key, value, configs);
  }

  Topic derived(String name, String key, String value) {
    return unordered(name, key, value, derived(policy.requests()));
  }

  /** A few a second, whatever comes. */
  Topic tests(String name, String key, String value) {
    String qualified = namespace.qualify(name);
    Map<String, String> configs = Map.of(RETENTION, millis(policy.requests()));
    return topic(qualified, key, value, Cleanup.DELETE, RecordOrder.NONE, ONE, configs);
  }

  Topic rejected(Topic topic) {
    return topic(
        topic.rejectedName(),
        "original key",
        "original bytes",
        Cleanup.DELETE,
        RecordOrder.NONE,
        ONE,
        derived(policy.decisions()));
  }

  private static Map<String, String> derived(Duration kept) {
    String bytes = Integer.toString(Topics.MAX_DERIVED_BYTES);
    return Map.of(RETENTION, millis(kept), MAX_BYTES, bytes);
  }

  private static Map<String, String> tombstones(Duration kept) {
    return Map.of(TOMBSTONES, millis(kept));
  }

  private Topic byKey(
      String name, String key, String value, Cleanup cleanup, Map<String, String> configs) {
    int partitions = policy.partitionsOf(name);
    String qualified = namespace.qualify(name);
    return topic(qualified, key, value, cleanup, RecordOrder.BY_KEY, partitions, configs);
  }

  private Topic unordered(String name, String key, String value, Map<String, String> configs) {
    int partitions = policy.partitionsOf(name);
    String qualified = namespace.qualify(name);
    return topic(qualified, key, value, Cleanup.DELETE, RecordOrder.NONE, partitions, configs);
  }

  /** Broker time stamps: an event of 1996 must not be dropped because it is old. */
  private Topic topic(
      String name,
      String key,
      String value,
      Cleanup cleanup,
      RecordOrder order,
      int partitions,
      Map<String, String> configs) {
    Map<String, String> all = new HashMap<>(configs);
    all.putIfAbsent(MAX_BYTES, Integer.toString(Topics.MAX_RECORD_BYTES));
    all.put("message.timestamp.type", "LogAppendTime");
    if (policy.minInsyncReplicas() != TopicPolicy.BROKERS) {
      all.put(IN_SYNC, Integer.toString(policy.minInsyncReplicas()));
    }
    return new Topic(name, key, value, cleanup, order, partitions, policy.replicationFactor(), all);
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
