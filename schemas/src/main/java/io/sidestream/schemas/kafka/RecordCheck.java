package io.sidestream.schemas.kafka;

import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes the records of each topic as the processes do that read it. */
public final class RecordCheck {
  private final Map<String, Decoder> decoders = new HashMap<>();

  /** Throws where a process would reject. */
  private interface Decoder {
    void decode(byte @Nullable [] key, byte @Nullable [] value) throws MalformedRecordException;
  }

  public RecordCheck(Topics topics) {
    WriterSchemas schemas = topics.schemas();
    put(topics.items(), (key, value) -> item(key, value, schemas));
    put(topics.interactions(), (key, value) -> interaction(key, value, schemas));
    put(topics.searches(), (key, value) -> search(key, value, schemas));
    put(topics.generations(), RecordCheck::generation);
    put(
        topics.trainingRequests(),
        (key, value) -> KeyedRecords.present(Codecs.trainingRequest(), value));
    put(
        topics.searchRequests(),
        (key, value) -> KeyedRecords.present(Codecs.searchRequest(), value, schemas));
    put(
        topics.recommendationRequests(),
        (key, value) -> KeyedRecords.present(Codecs.recommendationRequest(), value, schemas));
    put(topics.prompts(), (key, value) -> KeyedRecords.present(Codecs.prompt(), value));
  }

  /** Checks a record of a topic; on a topic whose records no process rejects, all pass. */
  public void check(Topic topic, byte @Nullable [] key, byte @Nullable [] value)
      throws MalformedRecordException {
    Decoder decoder = decoders.get(topic.name());
    if (decoder != null) {
      decoder.decode(key, value);
    }
  }

  private void put(Topic topic, Decoder decoder) {
    decoders.put(topic.name(), decoder);
  }

  private static void item(byte @Nullable [] key, byte @Nullable [] value, WriterSchemas schemas)
      throws MalformedRecordException {
    if (value == null) {
      KeyedRecords.removedItem(key);
    } else {
      KeyedRecords.item(key, value, schemas);
    }
  }

  private static void interaction(
      byte @Nullable [] key, byte @Nullable [] value, WriterSchemas schemas)
      throws MalformedRecordException {
    if (value == null) {
      KeyedRecords.erasedUser(key);
    } else {
      KeyedRecords.interaction(key, value, schemas);
    }
  }

  private static void search(byte @Nullable [] key, byte @Nullable [] value, WriterSchemas schemas)
      throws MalformedRecordException {
    if (value == null) {
      KeyedRecords.erasedUser(key);
    } else {
      Codecs.search().decode(value, schemas);
    }
  }

  private static void generation(byte @Nullable [] key, byte @Nullable [] value)
      throws MalformedRecordException {
    GenerationAnnouncement announcement =
        KeyedRecords.present(Codecs.generationAnnouncement(), value);
    KeyedRecords.requireKey(key, announcement.generation().toString());
  }
}
