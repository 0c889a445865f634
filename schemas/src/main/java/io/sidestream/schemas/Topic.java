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
 * @param configs further settings as Kafka names them, sorted
 */
public record Topic(
    String name,
    String key,
    String value,
    Cleanup cleanup,
    int partitions,
    Map<String, String> configs) {
  /** Most partitions that a topic may be made with. */
  public static final int MAX_PARTITIONS = 1_024;

  public Topic {
    check(!name.isBlank(), "topic name is blank");
    check(
        partitions > 0 && partitions <= MAX_PARTITIONS,
        "topic %s has %d partitions, expected 1 to %d",
        name,
        partitions,
        MAX_PARTITIONS);
    configs = Collections.unmodifiableMap(new TreeMap<>(configs));
  }

  /** Where this topic's rejected records go: {@code <name>.rejected}. */
  public String rejectedName() {
    return name + ".rejected";
  }
}
