package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decoder of the coding job's catalogue topic.
 *
 * @param schemas of values that name theirs by an id
 */
record ItemDecoder(WriterSchemas schemas) implements Serializable {
  /** A trace has 55 bytes; another header of its name may be too large for the item's codes. */
  static final int MAX_TRACE = 512;

  /**
   * The event of a record; its key must be the item's id, by which the topic is compacted. It keeps
   * the item in the job's own encoding: a restart needs no registry for what was read before.
   */
  Optional<TracedItem> decode(InboundRecord record) throws MalformedRecordException {
    byte @Nullable [] key = record.key().orElse(null);
    Optional<Item> item =
        record.value().isPresent()
            ? Optional.of(KeyedRecords.item(key, record.value().get(), schemas))
            : Optional.empty();
    ItemId id = item.isPresent() ? item.get().id() : KeyedRecords.removedItem(key);
    return Optional.of(
        new TracedItem(
            new ItemEvent(id, record.partition(), record.offset(), item.map(Codecs.item()::encode)),
            record.headers().stream()
                .filter(header -> header.name().equals(TracedItem.HEADER))
                .filter(header -> header.value().filter(ItemDecoder::isShort).isPresent())
                .limit(1)
                .toList()));
  }

  private static boolean isShort(byte[] trace) {
    return trace.length <= MAX_TRACE;
  }
}
