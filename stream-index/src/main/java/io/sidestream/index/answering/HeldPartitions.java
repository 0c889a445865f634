package io.sidestream.index.answering;

import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of the prompts' topic that a process has.
 *
 * @param all how many the topic has
 */
record HeldPartitions(Set<Integer> held, int all) {
  static final HeldPartitions NONE = new HeldPartitions(Set.of(), 0);

  HeldPartitions {
    held = Set.copyOf(held);
  }

  /** Whether a record with this key lies in one of them, wherever a record without one may lie. */
  boolean holds(byte @Nullable [] key) {
    if (held.isEmpty()) {
      return false;
    }
    return held.size() == all || (key != null && held.contains(partition(key)));
  }

  /** As Kafka's producer has it. */
  private int partition(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % all;
  }
}
