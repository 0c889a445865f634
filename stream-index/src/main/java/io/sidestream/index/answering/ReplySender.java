package io.sidestream.index.answering;

import io.sidestream.index.replies.OutgoingReply;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends replies with the key of their request. Thread-safe. */
record ReplySender(Producer<byte[], byte[]> producer) {
  Future<RecordMetadata> send(byte[] key, OutgoingReply reply) {
    return producer.send(
        new ProducerRecord<>(reply.topic(), partition(reply), key, reply.value(), reply.headers()));
  }

  /** Null leaves it to the key; the producer would block on a partition that does not exist. */
  private @Nullable Integer partition(OutgoingReply reply) {
    if (reply.partition().isEmpty()) {
      return null;
    }
    return reply.partitionOf(producer.partitionsFor(reply.topic()).size()).orElse(null);
  }
}
