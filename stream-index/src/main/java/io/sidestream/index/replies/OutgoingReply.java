package io.sidestream.index.replies;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * An encoded reply with its destination.
 *
 * @param partition the one that the request names; empty leaves it to the key
 * @param value Avro, see {@link io.sidestream.schemas.avro.Codecs#reply()}
 */
public record OutgoingReply(
    String topic, Optional<Integer> partition, byte[] value, Headers headers) {
  public OutgoingReply {
    value = value.clone();
  }

  /** A copy. */
  @Override
  public byte[] value() {
    return value.clone();
  }

  /** The requested partition, if a topic of this many partitions has it. */
  public Optional<Integer> partitionOf(int partitions) {
    return partition.filter(requested -> requested < partitions);
  }
}
