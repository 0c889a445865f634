package io.sidestream.index.replies;

import java.util.OptionalInt;
import org.apache.kafka.common.header.Headers;

/**
 * A reply as bytes, with where it goes.
 *
 * @param partition the one the request asked for; empty leaves it to the key
 * @param value Avro, see {@link io.sidestream.schemas.avro.Codecs#reply()}
 */
public record OutgoingReply(String topic, OptionalInt partition, byte[] value, Headers headers) {
  /** The partition asked for, if a topic of this many partitions has it. */
  public OptionalInt partitionOf(int partitions) {
    return partition.isPresent() && partition.getAsInt() < partitions
        ? partition
        : OptionalInt.empty();
  }
}
