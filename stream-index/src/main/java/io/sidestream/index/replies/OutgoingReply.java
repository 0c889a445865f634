package io.sidestream.index.replies;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * An encoded reply with its destination.
 *
 * @param topic the one that the request names, or the result topic
 * @param resultTopic of the request's task
 * @param partition the one that the request names; empty leaves it to the key
 * @param value see {@link io.sidestream.schemas.avro.Codecs}: its reply or JSON reply
 */
public record OutgoingReply(
    String topic, String resultTopic, Optional<Integer> partition, byte[] value, Headers headers) {
  public OutgoingReply {
    value = value.clone();
  }

  /** A copy. */
  @Override
  public byte[] value() {
    return value.clone();
  }

  /** Whether the request names a topic other than the result topic. */
  public boolean namesTopic() {
    return !topic.equals(resultTopic);
  }

  /** The same on the result topic, where the key decides. */
  public OutgoingReply redirected() {
    return new OutgoingReply(resultTopic, resultTopic, Optional.empty(), value, headers);
  }

  /** The requested partition, if a topic of this many partitions has it. */
  public Optional<Integer> partitionOf(int partitions) {
    return partition.filter(requested -> requested < partitions);
  }
}
