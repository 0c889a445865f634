package io.sidestream.index.answering;

import io.sidestream.index.replies.OutgoingReply;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends replies under their request's key. Thread-safe. */
record ReplySender(Producer<byte[], byte[]> producer) {
  Future<RecordMetadata> send(byte[] key, OutgoingReply reply) {
    return producer.send(
        new ProducerRecord<>(reply.topic(), partition(reply), key, reply.value(), reply.headers()));
  }

  /** Kafka would wait for a partition that never comes: only one that exists is asked for. */
  private Integer partition(OutgoingReply reply) {
    if (reply.partition().isEmpty()) {
      return null;
    }
    OptionalInt known = reply.partitionOf(producer.partitionsFor(reply.topic()).size());
    return known.isPresent() ? Integer.valueOf(known.getAsInt()) : null;
  }
}
