package io.sidestream.chaos.check;

import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The last erasure of each user in each partition of a log; one covers all before it there. */
final class ErasedUsers {
  private final Map<TopicPartition, Map<UserId, Long>> offsets = new HashMap<>();

  /** Adds an erasure, which lies behind those of before; one that names no user is left out. */
  void add(ConsumerRecord<byte[], byte[]> erasure) {
    try {
      offsets
          .computeIfAbsent(partition(erasure), each -> new HashMap<>())
          .put(KeyedRecords.erasedUser(erasure.key()), erasure.offset());
    } catch (MalformedRecordException e) {
      return; // it is on the topic of rejected records
    }
  }

  /** Whether a record, which is an event of this user, lies before an erasure. */
  boolean covers(ConsumerRecord<byte[], byte[]> event, UserId user) {
    return event.offset()
        < offsets.getOrDefault(partition(event), Map.of()).getOrDefault(user, Long.MIN_VALUE);
  }

  /** Whether the same users are erased at the same places. */
  boolean areThose(ErasedUsers others) {
    return offsets.equals(others.offsets);
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
