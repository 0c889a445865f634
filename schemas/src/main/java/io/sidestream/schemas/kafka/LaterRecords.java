package io.sidestream.schemas.kafka;

import io.sidestream.schemas.Cleanup;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What came after rejected records on their topic and supersedes them: on a compacted topic any
 * later record of the key, on one of events the erasure of the user.
 */
final class LaterRecords {
  private final Topic topic;
  private final WriterSchemas schemas;
  private final boolean compacted;
  private final boolean searches;
  private final boolean events;
  private final Set<String> wanted = new HashSet<>();
  private final Map<String, Map<Integer, Long>> last = new HashMap<>();

  LaterRecords(Topics topics, Topic topic) {
    this.topic = topic;
    this.schemas = topics.schemas();
    this.compacted = topic.cleanup() == Cleanup.COMPACT;
    this.searches = topic.name().equals(topics.searches().name());
    this.events = searches || topic.name().equals(topics.interactions().name());
  }

  /** Adds a record to look for. */
  void add(RejectedEntry entry) {
    owner(entry).ifPresent(wanted::add);
  }

  /** Reads the topic once, if there is anything to look for. */
  void read(TopicReader reader) {
    if ((compacted || events) && !wanted.isEmpty()) {
      reader.readAll(topic.name(), this::record);
    }
  }

  /** Whether a record is superseded; one that does not say where it was is not. */
  boolean supersede(RejectedEntry entry) {
    if (entry.partition().isEmpty() || entry.offset().isEmpty()) {
      return false;
    }
    long later =
        owner(entry)
            .map(key -> last.getOrDefault(key, Map.of()))
            .map(offsets -> offsets.getOrDefault(entry.partition().get(), -1L))
            .orElse(-1L);
    return later > entry.offset().get();
  }

  private void record(ConsumerRecord<byte[], byte[]> record) {
    if (events && record.value() != null) {
      return;
    }
    id(record.key())
        .filter(wanted::contains)
        .ifPresent(
            id ->
                last.computeIfAbsent(id, each -> new HashMap<>())
                    .put(record.partition(), record.offset()));
  }

  /** The id by which a record is superseded: a search may name its user in its value. */
  private Optional<String> owner(RejectedEntry entry) {
    ConsumerRecord<byte[], byte[]> record = entry.record();
    if (searches && record.value() != null) {
      try {
        return Codecs.search().decode(record.value(), schemas).user().map(UserId::value);
      } catch (MalformedRecordException e) {
        return Optional.empty();
      }
    }
    return id(record.key());
  }

  private static Optional<String> id(byte @Nullable [] key) {
    try {
      return Optional.of(KeyedRecords.keyText(key));
    } catch (MalformedRecordException e) {
      return Optional.empty();
    }
  }
}
