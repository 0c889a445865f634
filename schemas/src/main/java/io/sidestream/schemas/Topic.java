package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A topic and the format of its records.
 *
 * @param key description of the record key
 * @param value name of the value's Avro record, or a description
 * @param replicationFactor copies of each partition; {@value #BROKER_DEFAULT} for the brokers'
 *     default
 * @param configs further settings as Kafka names them, sorted
 */
public record Topic(
    String name,
    String key,
    String value,
    Cleanup cleanup,
    RecordOrder order,
    int partitions,
    int replicationFactor,
    Map<String, String> configs) {
  /** Most partitions that a topic may be made with. */
  public static final int MAX_PARTITIONS = 1_024;

  /** The replication factor that leaves it to the brokers. */
  public static final int BROKER_DEFAULT = -1;

  private static final String REJECTED = ".rejected";

  public Topic {
    Namespace.checkName("topic name", name, Namespace.MAX_NAME);
    check(
        partitions > 0 && partitions <= MAX_PARTITIONS,
        "topic %s has %d partitions, expected 1 to %d",
        name,
        partitions,
        MAX_PARTITIONS);
    check(
        replicationFactor == BROKER_DEFAULT
            || (replicationFactor > 0 && replicationFactor <= Short.MAX_VALUE),
        "topic %s has replication factor %d, expected 1 to %d, or %d for the brokers' default",
        name,
        replicationFactor,
        Short.MAX_VALUE,
        BROKER_DEFAULT);
    configs = Collections.unmodifiableMap(new TreeMap<>(configs));
  }

  /** Where this topic's rejected records go: {@code <name>.rejected}. */
  public String rejectedName() {
    return name + REJECTED;
  }
}
